import assert from "node:assert/strict";
import { test } from "node:test";
import type { ListedKill } from "#aws";
import type { Allocation, KillAction } from "#client/kills/killActivity.ts";
import { killNodes } from "#client/kills/killNodes.ts";
import { isLocal, isOverdue } from "#client/kills/killState.ts";
import { mergeKills } from "#client/kills/mergeKills.ts";
import type { AccountSnapshot } from "#core";
import { child, fn, key, lines, snapshot } from "../views/support.ts";
import { details, list, listed, mapping, now, state, today } from "./support.ts";

const account = snapshot([fn("a", 0), fn("b", 0), fn("c", 0)]);

interface Given {
  readonly snapshot?: AccountSnapshot;
  readonly allocations?: readonly Allocation[];
  readonly busy?: Readonly<Record<string, KillAction>>;
}

function nodesOf(
  kills: readonly ListedKill[],
  { busy = {}, allocations = [], ...given }: Given = { snapshot: account },
) {
  const actionOn = (_: string, name: string) => busy[name];
  return killNodes({ known: mergeKills(list(kills), undefined), allocations, actionOn, now, ...given });
}

test("what has expired comes first, then what is not finished, then the oldest", () => {
  const kills = [
    listed("a", {}, { at: today(10), until: today(18) }),
    listed("b", { stage: "killing" }, { at: today(11) }),
    listed("c", {}, { at: today(12), until: today(13, 30), reason: "" }),
  ];
  const nodes = nodesOf(kills);
  assert.deepEqual(lines(nodes, 0), [
    "c  reminder was 13:30 · since 12:00 · dev",
    "b  kill not finished · since 11:00 · dev · on fire",
    "a  since 10:00 · reminder 18:00 · dev · on fire",
  ]);
  assert.deepEqual(
    nodes.map(({ icon }) => [icon?.id, icon?.color]),
    [
      ["warning", "list.warningForeground"],
      ["debug-pause", "list.warningForeground"],
      ["circle-slash", "charts.red"],
    ],
  );
  assert.deepEqual(
    nodes.map(({ context }) => context),
    ["kill.here", "kill.here.unfinished", "kill.here"],
  );
});

test("the record is told row by row, for those who cannot hover", () => {
  assert.deepEqual(lines(nodesOf([listed("a", { source: "journal", tagged: false })])), [
    "a  only this machine · since 12:30 · dev · on fire",
    "  Before  reservation 100",
    "  Why  on fire",
    "  By  arn:aws:iam::123456789012:user/dev",
    "  Since  12:30",
    "  Reminder  none",
    "  Record  only on this machine: nobody else can restore it",
  ]);
});

test("an interrupted kill says how many of its steps hold, when the function's details are there", () => {
  const before = state({
    mappings: [{ uuid: "x" }, { uuid: "y" }],
    provisioned: [{ qualifier: "live", requested: 5 }],
  });
  const live = fn("a", 100, { details: details({ mappings: [mapping("x", { enabled: false }), mapping("y")] }) });
  const [node] = nodesOf([listed("a", { stage: "killing" }, { before })], { snapshot: snapshot([live]) });
  assert.equal(node?.description, "kill not finished: 2 of 4 steps · since 12:30 · dev · on fire");
});

test("a kill of which a step was refused is not finished although the function is off", () => {
  const before = state({ mappings: [{ uuid: "x" }] });
  const live = fn("a", 0, { details: details({ mappings: [mapping("x")] }) });
  const [node] = nodesOf([listed("a", {}, { before })], { snapshot: snapshot([live]) });
  assert.equal(node?.description, "kill not finished: 1 of 2 steps · since 12:30 · dev · on fire");
  assert.equal(node?.context, "kill.here.unfinished");
});

test("a restore that was interrupted, a function that runs again, one that is gone, one known from tags alone", () => {
  const known = snapshot([fn("again", 40), fn("half", 0), fn("tagged", 0)]);
  const kills = [
    listed("again"),
    listed("half", { stage: "restoring" }),
    listed("tagged", { source: "tags" }),
    listed("without"),
  ];
  assert.deepEqual(lines(nodesOf(kills, { snapshot: known }), 0), [
    "half  restore not finished · since 12:30 · dev · on fire",
    "again  reservation 40 now · since 12:30 · dev · on fire",
    "tagged  from tags · since 12:30 · dev · on fire",
    "without  function is gone · since 12:30 · dev · on fire",
  ]);
  assert.equal(child(nodesOf(kills, { snapshot: known }), "without").context, "kill.here.gone");
  assert.equal(child(nodesOf(kills, { snapshot: known }), "half").context, "kill.here.unfinishedRestore");
});

test("a kill that somebody restored on another machine is not overdue, and says so", () => {
  const kill = listed("a", { elsewhere: true, source: "journal" }, { until: today(13) });
  const nodes = nodesOf([kill, listed("b")], { snapshot: snapshot([fn("a", 40), fn("b", 0)]) });
  assert.deepEqual(lines(nodes, 0), [
    "a  restored elsewhere · since 12:30 · dev · on fire",
    "b  since 12:30 · dev · on fire",
  ]);
  assert.deepEqual(child(nodes, "a").icon, { id: "check" });
  assert.equal(isOverdue(kill, now), false);
  assert.equal(isOverdue(listed("a", {}, { until: today(13) }), now), true);
});

test("that a kill was restored elsewhere is known from the account, whatever the journal says meanwhile", () => {
  const there = { ...listed("a", { elsewhere: true, source: "journal" }) };
  const merged = mergeKills(list([listed("a", { source: "journal" })]), { key, list: list([there]) });
  assert.equal(merged.kills[0]?.elsewhere, true);
});

test("while the account is being read nothing is said to be gone", () => {
  const reading = snapshot([], { reading: { state: "reading", known: 0, listed: 0 } });
  assert.deepEqual(lines(nodesOf([listed("a")], { snapshot: reading }), 0), ["a  since 12:30 · dev · on fire"]);
});

test("what this window is doing is said, and nothing can be done with it meanwhile", () => {
  const nodes = nodesOf([listed("a"), listed("b", { stage: "killing" })], {
    snapshot: account,
    busy: { a: "restore", b: "kill" },
  });
  assert.equal(child(nodes, "a").description, "being restored · since 12:30 · dev · on fire");
  assert.equal(child(nodes, "a").context, "kill.here.busy");
  assert.equal(child(nodes, "b").description, "being switched off · since 12:30 · dev · on fire");
});

test("kills of other accounts stand apart, and only those of this machine's addresses can be forgotten there", () => {
  const real = listed("far", { key: "aws/999988887777/eu-central-1" }, { account: "999988887777", until: today(9) });
  const demo = listed("demo", { key: "aws/123456789012/us-east-1/http://127.0.0.1:9999" }, { until: today(9) });
  const [group] = nodesOf([real, demo]);
  assert.equal(group?.label, "Other accounts");
  assert.equal(group?.description, "2 · 1 reminder due");
  assert.deepEqual(
    group?.children?.map(({ label, context }) => [label, context]),
    [
      ["far", "kill.elsewhere"],
      ["demo", "kill.local"],
    ],
  );
  const [alone] = nodesOf([real], {});
  assert.deepEqual([alone?.label, alone?.open], ["Recorded on this machine", true]);
});

test("an address of this machine is told from others", () => {
  for (const url of ["http://127.0.0.1:4566", "http://localhost:80", "https://[::1]:1/x"])
    assert.equal(isLocal(`${key}/${url}`), true, url);
  for (const url of ["", "/https://vpce.example.com", "/http://127.0.0.1.example.com"])
    assert.equal(isLocal(`${key}${url}`), false, url);
});

test("warming, problems and unreadable records are nodes with a sentence", () => {
  const known = mergeKills(list([], { broken: [{ where: "/x.json", message: "/x.json cannot be read." }] }), {
    key,
    list: list([], { problems: [{ action: "tag:GetResources", message: "Denied." }] }),
  });
  const allocations = [
    { key, name: "a", requested: 20 },
    { key, name: "b", requested: 0, failed: "Lambda could not allocate 20 executions on live." },
    { key: "other", name: "c", requested: 1 },
  ];
  const nodes = killNodes({ known, allocations, actionOn: () => undefined, now, snapshot: account });
  assert.deepEqual(lines(nodes), [
    "Tags were not read  Denied.",
    "a  restored, warming · 20 provisioned",
    "b  restored, but not warm · Lambda could not allocate 20 executions on live.",
    "Unreadable record  /x.json cannot be read.",
  ]);
});

test("the tooltip has the whole record", () => {
  const [node] = nodesOf([listed("a", {}, { reason: "too | many" })]);
  const text = node?.tooltip?.(now) ?? "";
  for (const part of ["12:30, reservation 0", "too \\| many", "reservation 100", "a-id", "123456789012"])
    assert.ok(text.includes(part), `${part} in ${text}`);
});
