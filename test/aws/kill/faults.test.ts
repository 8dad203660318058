import assert from "node:assert/strict";
import { test } from "node:test";
import { forgetKill, listKills, previewRestore } from "#aws";
import { interceptCalls } from "./interceptCalls.ts";
import { type Scene, sceneFor } from "./scene.ts";

/** What goes wrong with one call: `before` and `after` are connections cut before the call was made and after it. */
const kinds = ["before", "after", "403", "409", "429", "500"] as const;

type Kind = (typeof kinds)[number];

const answers: Readonly<Record<Exclude<Kind, "before" | "after">, string>> = {
  "403": "AccessDeniedException",
  "409": "ResourceConflictException",
  "429": "TooManyRequestsException",
  "500": "ServiceException",
};

interface Plan {
  count: number;
  /** 0: none. */
  at: number;
}

/** Lets one call of the session go wrong, and counts them. */
function breakCalls({ session }: Scene, kind: Kind): Plan {
  const plan: Plan = { count: 0, at: 0 };
  interceptCalls(session, async (call) => {
    plan.count++;
    if (plan.count !== plan.at) return await call();
    if (kind === "before") throw reset();
    if (kind === "after") {
      await call();
      throw reset();
    }
    throw Object.assign(new Error(`Injected ${kind}.`), {
      name: answers[kind],
      $metadata: { httpStatusCode: Number(kind), attempts: 1 },
    });
  });
  return plan;
}

function reset(): Error {
  return Object.assign(new Error("socket hang up"), { code: "ECONNRESET", $metadata: { attempts: 1 } });
}

/** Does something again and again, each time with another call going wrong, until there is no such call. */
async function atEachCall(plan: Plan, what: (at: number) => Promise<void>): Promise<void> {
  for (let at = 1; ; at++) {
    Object.assign(plan, { count: 0, at });
    await what(at);
    if (plan.count < at) return assert.ok(at > 20, `only ${at - 1} calls`);
  }
}

/** Puts account and journal back to how they are now, again and again. */
async function returnTo({ demo, journal }: Scene): Promise<() => Promise<void>> {
  const { state } = demo.account.region("us-east-1");
  const account = structuredClone(state);
  const { entries } = await journal.list();
  return async () => {
    Object.assign(state, structuredClone(account));
    for (const entry of entries) await journal.write(entry);
  };
}

for (const kind of kinds) {
  test(`a kill survives "${kind}" at each of its calls: off, or untouched, and restored as it was`, async (t) => {
    const scene = await sceneFor(t);
    const plan = breakCalls(scene, kind);
    const before = await scene.seen("orders");
    await atEachCall(plan, async (at) => {
      const [result] = await scene.kill(["orders"]);
      plan.at = 0;
      const count = plan.count;
      const where = `call ${at}: ${result?.outcome} ${result?.message ?? ""}`;
      const after = await scene.seen("orders");
      const untouched = result?.outcome === "failed" || result?.outcome === "changed";
      if (untouched) assert.deepEqual(after, before, where);
      else if (result?.outcome === "killed") assert.equal(after.reserved, 0, where);
      else assert.equal(result?.outcome, "partial", where);
      const [back] = await scene.restore(["orders"]);
      assert.equal(back?.outcome === "notKilled", untouched, `${where}; then ${back?.outcome} ${back?.message ?? ""}`);
      assert.deepEqual(await scene.seen("orders"), before, where);
      assert.deepEqual((await listKills(scene)).kills, [], where);
      plan.count = count;
    });
  });

  test(`a restore survives "${kind}" at each of its calls: done, or done the next time`, async (t) => {
    const scene = await sceneFor(t);
    const plan = breakCalls(scene, kind);
    const before = await scene.seen("orders");
    await scene.kill(["orders"]);
    scene.clock.advance(60_000);
    const killedAgain = await returnTo(scene);
    await atEachCall(plan, async (at) => {
      await killedAgain();
      Object.assign(plan, { count: 0, at });
      const [first] = await scene.restore(["orders"]);
      const count = plan.count;
      const where = `call ${at}: ${first?.outcome} ${first?.message ?? ""}`;
      plan.at = 0;
      const [second] = await scene.restore(["orders"]);
      const all = [first?.outcome, second?.outcome];
      assert.ok(all.includes("restored") || all.includes("warming"), `${where}; then ${second?.message ?? ""}`);
      const isLeft = first?.outcome !== "partial" && /The tags of the kill are still on orders/.test(where);
      // Tags that may not be removed are left: of a closed kill, which can be forgotten.
      const left = (await previewRestore(scene.session, ["orders"], scene)).functions.flatMap(
        (found) => found.record ?? [],
      );
      assert.ok(left.length === 0 || isLeft, where);
      for (const record of left) await forgetKill(scene.session, record, scene);
      assert.deepEqual(await scene.seen("orders"), before, where);
      assert.deepEqual((await listKills(scene)).kills, [], where);
      plan.count = count;
    });
  });
}
