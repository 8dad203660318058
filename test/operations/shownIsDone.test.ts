import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { PlanStep } from "#core";
import { type ChangeOutcome, type ChangePreview, setReservation, undoChange } from "#operations";
import { fullPool } from "../aws/apply/applySetup.ts";
import { operationSetup } from "./operationSetup.ts";
import type { Script } from "./scriptedUi.ts";

const roomy = { ...fullPool, limit: 1600 };

/** What somebody else does to the account while a question stands or a step is begun. */
const foreign = fc.record({
  at: fc.nat({ max: 5 }),
  name: fc.constantFrom("a", "c", "d"),
  reserved: fc.option(fc.integer({ min: 60, max: 420 })),
});

/** What is wanted, how it is answered, and what happens meanwhile. */
const scenes = fc.record({
  first: fc.array(
    fc.record({ name: fc.constantFrom("a", "c", "d"), reserved: fc.option(fc.integer({ min: 60, max: 420 })) }),
    {
      minLength: 1,
      maxLength: 3,
    },
  ),
  answers: fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }),
  meanwhile: fc.array(foreign, { maxLength: 3 }),
  deny: fc.option(fc.nat({ max: 2 }), { freq: 1 }),
});

test("whoever else changes the account, and whatever is refused: only what was shown last and confirmed is done", async (t) => {
  let confirmed = 0;
  let calls = 0;
  await fc.assert(
    fc.asyncProperty(scenes, async ({ first, answers, meanwhile, deny }) => {
      let moment = 0;
      let shown: readonly PlanStep[] = [];
      const unshown: string[] = [];
      const others = () => {
        for (const { at, name, reserved } of meanwhile) if (at === moment) reserve(name, reserved);
        moment++;
      };
      const script: Script = {
        confirm(_, count) {
          others();
          const yes = answers[count - 1] ?? false;
          shown = yes ? (scene.previews.at(-1)?.planned.plan.steps ?? []) : [];
          if (yes) confirmed++;
          return { kind: yes ? "yes" : "no" };
        },
        say: others,
      };
      const scene = await operationSetup<ChangePreview, ChangeOutcome>(t, script, { account: roomy });
      const functions = () => scene.demo.account.region("us-east-1").state.functions;
      const reserve = (name: string, reserved: number | null) => {
        const fn = functions().find((one) => one.name === name);
        assert.ok(fn);
        fn.reserved = reserved;
      };
      scene.proxy.decide = ({ call }) => {
        const [, name] = /^(?:PUT|DELETE) \S+\/functions\/([^/]+)\/concurrency$/.exec(call) ?? [];
        if (name === undefined) return "pass";
        calls++;
        const now = functions().find((one) => one.name === name)?.reserved ?? null;
        const step = shown.find((one) => one.name === name && (one.kind === "put" || one.kind === "delete"));
        if (step === undefined || !("from" in step) || step.from !== now) unshown.push(`${call} of ${now}`);
        return "pass";
      };
      if (deny !== null)
        scene.demo.account.faults.replace([{ kind: "deny", action: "PutFunctionConcurrency", after: deny }]);
      await setReservation(scene.operation, { wanted: [...new Map(first.map((one) => [one.name, one])).values()] });
      await undoChange(scene.operation, {});
      assert.deepEqual(unshown, []);
      assert.equal(scene.outcomes.length, scene.calls.filter((call) => call.startsWith("report")).length);
    }),
    { numRuns: 60 },
  );
  assert.ok(confirmed > 30 && calls > 20, `${confirmed} confirmed, ${calls} calls: too few to show anything`);
});
