import assert from "node:assert/strict";
import { test } from "node:test";
import { type KillTarget, killTargets } from "#client/kills/killTargets.ts";
import { fn, pool, snapshot, usage } from "../views/support.ts";
import { details, mapping } from "./support.ts";

const row = ({ kind, label, description, detail, names }: KillTarget) =>
  [kind, label, description, detail, names.join(" ")].filter((part) => part !== undefined).join(" | ");

test("kill groups, stacks and functions are offered, what is off already comes last", () => {
  const stack = (logicalId: string) => ({ stack: { name: "shop", logicalId } });
  const functions = [
    fn("archive", 0),
    fn("killed", 0, { killTags: { "lambda-concurrency:kill:1": "x" } }),
    fn("managed", null, { outsidePool: "runs on Managed Instances" }),
    fn("mail-10", null, stack("Mail")),
    fn("mail-9", 25, {
      ...stack("Mail9"),
      usage: usage({ now: 18 }),
      details: details({ mappings: [mapping("a"), mapping("b", { enabled: false })] }),
    }),
    fn("slow", { unknown: "not read yet" }),
  ];
  const groups = [
    { name: "payments", names: ["mail-10", "mail-9"], unmatched: ["orders-*"] },
    { name: "nobody", names: [], unmatched: ["nobody"] },
  ];
  assert.deepEqual(killTargets(snapshot(functions), [pool([], { killGroups: groups })]).map(row), [
    "group | payments | 2 functions | mail-10, mail-9 · not found: orders-* | mail-10 mail-9",
    "group | nobody | 0 functions | not found: nobody | ",
    "stack | shop | 2 functions | mail-9, mail-10 | mail-9 mail-10",
    "function | mail-9 | 25 reserved · 18 in use · SQS pictures · shop | mail-9",
    "function | mail-10 | no reservation · shop | mail-10",
    "function | slow | reservation not known | slow",
    "function | archive | off already | archive",
    "function | killed | killed already | killed",
    "function | managed | outside the pool, cannot be switched off here | managed",
  ]);
});

test("groups of two pools say which pool is meant, groups of pools without live facts are not offered", () => {
  const killGroups = [{ name: "all", names: ["a"], unmatched: [] }];
  const pools = [
    pool([], { id: "1", name: "blue", killGroups }),
    pool([], { id: "2", name: "green", killGroups }),
    pool([], { id: "3", name: "elsewhere", live: false, killGroups }),
  ];
  assert.deepEqual(killTargets(snapshot([fn("a", 1)]), pools).map(row), [
    "group | all | 1 function · pool blue | a | a",
    "group | all | 1 function · pool green | a | a",
    "function | a | 1 reserved | a",
  ]);
});
