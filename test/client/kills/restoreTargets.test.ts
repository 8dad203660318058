import assert from "node:assert/strict";
import { test } from "node:test";
import { restoreTargets } from "#client/kills/restoreTargets.ts";
import { fn, pool, snapshot } from "../views/support.ts";
import { listed, now, today } from "./support.ts";

test("a restore offers groups and stacks of which something is killed, with just that, and each kill", () => {
  const stack = { stack: { name: "shop", logicalId: "Fn" } };
  const functions = [fn("mail", 0, stack), fn("orders", 0, stack), fn("pay", 5, stack), fn("solo", 3)];
  const pools = [
    pool([], {
      killGroups: [
        { name: "payments", names: ["orders", "pay"], unmatched: [] },
        { name: "running", names: ["pay", "solo"], unmatched: [] },
      ],
    }),
  ];
  const kills = [
    listed("orders", {}, { until: today(13) }),
    listed("mail", {}, { reason: "" }),
    listed("gone", {}, { reason: "load test" }),
  ];
  assert.deepEqual(
    restoreTargets(kills, snapshot(functions), pools, now).map(({ kind, label, description, names }) =>
      [kind, label, description, names.join(" ")].join(" | "),
    ),
    [
      "group | payments | 1 of 2 killed | orders",
      "stack | shop | 2 of 3 killed | mail orders",
      "kill | orders | $(warning) reminder due · since 12:30 · dev · on fire | orders",
      "kill | mail | since 12:30 · dev | mail",
      "kill | gone | since 12:30 · dev · load test | gone",
    ],
  );
  assert.deepEqual(restoreTargets([], snapshot(functions), pools, now), []);
});
