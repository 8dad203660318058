import assert from "node:assert/strict";
import { test } from "node:test";
import { poolLine, viewOf } from "#client/statusView.ts";
import type { PoolStatus, Status } from "#protocol";

const production: PoolStatus = {
  name: "production",
  limit: 1000,
  limitSource: "given",
  floor: 100,
  claimed: 900,
  unreserved: 100,
  verdict: "fits",
};
const idle: Status = {
  state: "idle",
  pools: [production],
  poolCount: 1,
  budgets: 1,
  templates: 2,
  errors: 0,
  warnings: 0,
  information: 0,
  notes: [],
};

test("a pool that fits is one line with claim, limit and rest", () => {
  assert.equal(poolLine(production), "production: 900 of 1,000 claimed, 100 unreserved");
});

test("an assumed limit is called assumed", () => {
  assert.equal(
    poolLine({ ...production, limitSource: "assumed" }),
    "production: 900 of 1,000 (assumed) claimed, 100 unreserved",
  );
});

test("claims above the limit are called too many", () => {
  assert.equal(
    poolLine({ ...production, claimed: 1050, unreserved: -50, verdict: "over" }),
    "production: 1,050 of 1,000 claimed, 50 too many, does not fit",
  );
});

test("undecided claims show no number", () => {
  assert.equal(
    poolLine({ ...production, claimed: null, unreserved: null, verdict: "depends" }),
    "production: claims of 1,000 cannot be decided",
  );
});

test("a stopped server offers to start it", () => {
  assert.deepEqual(viewOf("stopped", undefined), {
    text: "Lambda Concurrency: not running",
    detail: "It starts with the first template or budget file.",
    severity: "information",
    busy: false,
    command: "restartServer",
  });
});

test("a failed server is an error and offers to restart it", () => {
  const { severity, command } = viewOf("failed", undefined);
  assert.deepEqual([severity, command], ["error", "restartServer"]);
});

test("a server that has said nothing yet is busy", () => {
  assert.equal(viewOf("running", undefined).busy, true);
});

test("a pool that fits its files, but not what AWS has left, cannot be deployed now", () => {
  const inAws = { unreserved: 400, verdict: "over", short: 200 } as const;
  assert.equal(
    poolLine({ ...production, verdict: "over", inAws }),
    "production: cannot be deployed now, 200 too many with 400 unreserved in AWS",
  );
});

test("one pool that fits is the text itself", () => {
  const { text, detail, severity } = viewOf("running", idle);
  assert.deepEqual(
    [text, detail, severity],
    ["Pool 900 of 1,000", "production: 900 of 1,000 claimed, 100 unreserved", "information"],
  );
});

test("a pool that does not fit is a warning", () => {
  const { text, severity } = viewOf("running", { ...idle, pools: [{ ...production, verdict: "over" }] });
  assert.deepEqual([text, severity], ["Pool does not fit", "warning"]);
});

test("of many pools five are listed and the rest counted", () => {
  const pools = Array.from({ length: 7 }, (_, index) => ({ ...production, name: `p${index}` }));
  const { text, detail } = viewOf("running", { ...idle, pools, poolCount: 107 });
  assert.equal(text, "107 pools");
  assert.match(detail, /p4: .*; and 102 more$/);
});

test("notes of the server stand behind the pools", () => {
  const { detail } = viewOf("running", { ...idle, notes: ["a.yaml could not be read."] });
  assert.match(detail, /; a\.yaml could not be read\.$/);
});

test("a folder without templates says so", () => {
  const { text, detail } = viewOf("running", { ...idle, pools: [], poolCount: 0 });
  assert.deepEqual([text, detail], ["Lambda Concurrency", "No budget file and no template found."]);
});

test("a pool in which AWS refuses something cannot be deployed, unless it is over its limit anyway", () => {
  const refused: PoolStatus = { ...production, verdict: "depends", refused: true };
  assert.equal(poolLine(refused), "production: cannot be deployed");
  const view = viewOf("running", { ...idle, pools: [refused] });
  assert.deepEqual([view.text, view.severity], ["Pool cannot be deployed", "warning"]);
  const over = { ...refused, claimed: 1050, unreserved: -50, verdict: "over" } as const;
  assert.equal(poolLine(over), "production: 1,050 of 1,000 claimed, 50 too many, does not fit");
});
