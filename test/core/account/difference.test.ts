import assert from "node:assert/strict";
import { test } from "node:test";
import type { LiveMatch } from "#core";
import { differenceOf, type Sides } from "#core/account/difference.ts";
import { snapshot } from "#support/snapshot.ts";

const live = (reserved: number | null): LiveMatch => snapshot({ functions: { f: reserved } }).functions[0] ?? null;

const granted: readonly Pick<Sides, "granted" | "off">[] = [
  { granted: undefined, off: false },
  { granted: 0, off: true },
  { granted: 10, off: false },
  { granted: 20, off: false },
];
const declared = [undefined, null, 0, 10, 20] as const;
const reserved = ["missing", null, 0, 10, 20] as const;

const sides = granted.flatMap((grant) =>
  declared.flatMap((template) =>
    reserved.map((account) => ({
      sides: { ...grant, declared: template, live: account === "missing" ? null : live(account) },
      account,
    })),
  ),
);

test("of every combination of budget, template and account: a difference names a cause, and agreement is silent", () => {
  for (const { sides: each, account } of sides) {
    const difference = differenceOf(each);
    const template = each.declared === undefined ? each.granted : each.declared;
    const nobodySays = template === undefined;
    const nothingMissed = account === "missing" && (template === null || (each.declared === undefined && each.off));
    const silent = nobodySays || nothingMissed || template === account;
    const what = `budget ${each.granted}, template ${each.declared}, account ${account}`;
    assert.equal(difference === undefined, silent, what);
    assert.equal(difference?.live, silent ? undefined : account, what);
    assert.match(difference?.likely ?? "Silent.", /^[A-Z].*\.$/, what);
  }
});

test("an unknown side is silent, whatever the others say", () => {
  const unknown = { unknown: "not read yet" };
  for (const { sides: each } of sides) {
    assert.equal(differenceOf({ ...each, live: unknown }), undefined);
    assert.equal(differenceOf({ ...each, live: live(1), declared: unknown }), undefined);
    const unread = snapshot({ functions: { f: unknown } }).functions[0] ?? null;
    assert.equal(differenceOf({ ...each, live: unread }), undefined);
  }
});

test("a kill is told from switching off by its tags alone, also where it left 1", () => {
  const likely = (short: object) =>
    differenceOf({
      granted: 10,
      off: false,
      declared: 10,
      live: snapshot({ functions: { f: short } }).functions[0] ?? null,
    })?.likely;
  const killTags = { "lambda-concurrency:kill:1": "x" };
  const killed = "Switched off with the kill switch. Restore it when the incident is over.";
  assert.equal(likely({ reserved: 0 }), "It was switched off by hand.");
  assert.equal(likely({ reserved: 0, killTags }), killed);
  assert.equal(likely({ reserved: 1, killTags }), killed);
  assert.equal(likely({ reserved: 0, killTags: { "lambda-concurrency:owner": "x" } }), "It was switched off by hand.");
  assert.match(likely({ reserved: 5, killTags }) ?? "", /changed by hand/);
});
