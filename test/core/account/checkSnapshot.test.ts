import assert from "node:assert/strict";
import { test } from "node:test";
import { checkSnapshot, codeLenses, hover, inlayHints, poolViews } from "#core";
import { random } from "#support/edits.ts";
import { snapshot } from "#support/snapshot.ts";
import { budgetName, sample, templateName } from "../features/sample.ts";
import { sceneOf, uriOf } from "../features/scene.ts";

const time = "2026-11-22T14:05:00.000Z";
const usage = { from: time, until: time, concurrency: [{ time, value: 3 }], maximum: 3, now: 1, throttles: 2 };

const sound = snapshot({
  alias: "shop",
  learnedFloor: 50,
  usage,
  problems: [{ action: "lambda:GetFunction", message: "It is denied." }],
  functions: {
    "orders-prod-Ingest-X": {
      reserved: 25,
      in: "orders-prod/Ingest",
      usage,
      killTags: { "lambda-concurrency:kill:1": "x" },
      details: {
        readAt: time,
        provisioned: [{ qualifier: "live", requested: 5, allocated: 5, status: "READY" }],
        targets: [],
        mappings: [],
        problems: [],
      },
    },
    thumbnails: { unknown: "not read yet", min: 0 },
    other: { reserved: 5, outsidePool: "runs on Managed Instances" },
    old: { reserved: 5, in: "orders-prod/Old" },
  },
});

/** A copy in which one value, somewhere, is another. */
function spoilt(value: unknown, next: () => number): unknown {
  const junk = [null, undefined, -1, 1.5, Number.NaN, "", "x".repeat(10), true, [], {}, [[]], { unknown: 3 }];
  if (typeof value !== "object" || value === null || next() < 0.15) return junk[Math.floor(next() * junk.length)];
  const keys = Object.keys(value);
  const key = keys[Math.floor(next() * keys.length)];
  if (key === undefined) return junk[Math.floor(next() * junk.length)];
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  copy[key] = spoilt(copy[key], next);
  return copy;
}

test("a sound snapshot is the same object", () => {
  assert.equal(checkSnapshot(sound), sound);
});

test("what is known of a function beside its reservation is left out when it cannot be that, the function stays", () => {
  const live = { name: "f", arn: "arn:aws:lambda:us-east-1:123456789012:function:f", reserved: 5 };
  const mapping = { uuid: "u", source: "arn:aws:sqs:us-east-1:123456789012:q", kind: "sqs", state: "Enabled" };
  const details = { readAt: time, provisioned: [], targets: [], mappings: [mapping], problems: [] };
  const wrong = { timeout: "10", details, usage: { ...usage, concurrency: [{ time, value: "3" }] } };
  const checked = checkSnapshot({ ...sound, functions: [{ ...live, ...wrong, runtime: "nodejs22.x" }] });
  assert.deepEqual(checked?.functions, [{ ...live, runtime: "nodejs22.x" }]);
  assert.equal(checked?.reading.state, "complete");
  const refused = checkSnapshot({ ...sound, functions: [live, { ...live, reserved: -1 }] });
  assert.deepEqual([refused?.functions, refused?.reading.state], [[live], "partial"]);
});

test("members that a later version adds are no reason to refuse a snapshot", () => {
  const later = { ...sound, more: 1, identity: { ...sound.identity, more: 1 } };
  assert.equal(checkSnapshot(later), later);
});

test("whatever is wrong in a snapshot, it is refused or shown without a crash, and a second look finds it sound", () => {
  const everything = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };
  let taken = 0;
  for (let seed = 1; seed <= 500; seed++) {
    const checked = checkSnapshot(spoilt(sound, random(seed)));
    if (!checked) continue;
    taken++;
    assert.equal(checkSnapshot(checked), checked, `seed ${seed}`);
    const { context } = sceneOf(sample, { snapshots: [checked] });
    for (const uri of [uriOf(budgetName), uriOf(templateName)]) {
      codeLenses(context, uri);
      inlayHints(context, uri, everything);
      for (let line = 0; line < 20; line++) hover(context, uri, { line, character: 4 });
    }
    poolViews(context);
  }
  assert.ok(taken > 50 && taken < 450, `${taken} of 500 were taken`);
});
