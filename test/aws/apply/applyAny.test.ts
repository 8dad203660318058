import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { applyPlan, planAccount } from "#aws";
import type { FunctionEntry } from "#demo";
import { applySetup, entriesText } from "./applySetup.ts";

/** Functions of an account that starts at or above its floor, and what is wanted of each. */
const scenes = fc
  .array(
    fc
      .record({
        provisioned: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 2 }),
        more: fc.option(fc.nat({ max: 20 }), { freq: 1 }),
        to: fc.option(fc.nat({ max: 15 })),
      })
      .map(({ provisioned, more, to }) => {
        const total = provisioned.reduce((sum, value) => sum + value, 0);
        return {
          provisioned,
          total,
          from: more === null ? null : total + more,
          to: to === null ? null : Math.max(to, total),
        };
      }),
    { minLength: 1, maxLength: 5 },
  )
  .chain((cases) => fc.record({ cases: fc.constant(cases), spare: fc.nat({ max: 12 }) }));

test("whatever is planned, the account accepts every call, and ends as wanted", async (t) => {
  const floor = 10;
  const setup = await applySetup(t, { floor });
  const { session, options, proxy } = setup;
  const { state } = setup.demo.account.region("us-east-1");
  const blank = await applySetup(t, { functions: [{ name: "x", versions: 2, aliases: { live: "1", next: "2" } }] });
  const [pattern] = blank.demo.account.region("us-east-1").state.functions;
  assert.ok(pattern !== undefined);
  const outcomes = { done: 0, short: 0, moved: 0 };
  await fc.assert(
    fc.asyncProperty(scenes, async ({ cases, spare }) => {
      const entry = (index: number, reserved: number | null, provisioned: readonly number[]): FunctionEntry => ({
        name: `f${index}`,
        ...(reserved === null ? {} : { reserved }),
        provisioned: Object.fromEntries(provisioned.map((requested, at) => [["live", "next"][at] ?? "", requested])),
      });
      state.functions = cases.map(({ from, provisioned }, index) => ({
        ...structuredClone(pattern),
        name: `f${index}`,
        reserved: from,
        provisioned: provisioned.map((requested, at) => ({
          qualifier: ["live", "next"][at] ?? "",
          requested,
          modified: 0,
          readyAt: 0,
        })),
      }));
      state.limit = cases.reduce((sum, { from, total }) => sum + (from ?? total), floor + spare);
      const wanted = cases.map(({ to }, index) => ({ name: `f${index}`, reserved: to }));
      const end = cases.reduce((rest, { to, total }) => rest - (to ?? total), state.limit);
      const planned = await planAccount(session, wanted, { floor });
      if (end < floor) {
        outcomes.short++;
        assert.equal(planned.plan.problems[0]?.short, floor - end);
        return;
      }
      proxy.reset();
      const report = await applyPlan(session, planned, { title: "any" }, options);
      assert.deepEqual([report.result, report.message, report.unreserved ?? end], ["done", undefined, end]);
      const writes = proxy.calls.filter((call) => /^(PUT|DELETE)/.test(call));
      assert.equal(writes.length, planned.plan.steps.length, "no call was made twice");
      assert.equal(
        setup.state(),
        entriesText(cases.map(({ to, provisioned }, index) => entry(index, to, provisioned))),
      );
      outcomes.done++;
      if (planned.plan.steps.some(({ kind }) => kind === "putProvisioned")) outcomes.moved++;
    }),
    { numRuns: 100, seed: 4711 },
  );
  assert.equal(outcomes.done > 20 && outcomes.short > 5 && outcomes.moved > 3, true, JSON.stringify(outcomes));
});
