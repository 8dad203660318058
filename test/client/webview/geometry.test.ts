import assert from "node:assert/strict";
import { test } from "node:test";
import { filesPicture } from "#client/poolView/filesPicture.ts";
import type { PoolRow } from "#protocol";
import { angleOf, barScale, barShapes, pizzaShapes } from "#webview/geometry.ts";
import { drawnSlices, segmentsOf } from "#webview/segments.ts";
import { pool, row } from "../poolView/pools.ts";

const many = (count: number, claim: number) => Array.from({ length: count }, (_, i) => row(`F${i + 1000}`, claim));
const pictureOf = (rows: readonly PoolRow[], more = {}) => filesPicture(pool(rows, more), new Map(), new Map());
const inside = (picture: ReturnType<typeof pictureOf>) =>
  segmentsOf(picture, 0).flatMap(({ parts }) => parts.filter(({ zone }) => zone !== "outside"));

for (const [name, rows, limit] of [
  ["1 function", many(1, 300), 1000],
  ["7 functions", many(7, 100), 1000],
  ["1,000 functions", many(1000, 2), 3000],
  ["unknown sizes", [...many(3, 100), row("U", { unknown: "?" }), row("V", { unknown: "?", min: 10, max: 20 })], 1000],
  ["too many", many(12, 100), 1000],
  ["none", [], 1000],
] as const) {
  test(`the angles of a plate with ${name} make one turn, without a gap`, () => {
    const parts = inside(pictureOf(rows, { limit })).toSorted((a, b) => a.from - b.from || a.to - b.to);
    const angles = parts.map(({ from, to }) => angleOf(to, limit) - angleOf(from, limit));
    assert.ok(Math.abs(angles.reduce((sum, angle) => sum + angle, 0) - 2 * Math.PI) < 1e-9);
    for (const [i, { to }] of parts.entries()) assert.ok(Math.abs(to - (parts[i + 1]?.from ?? limit)) < 1e-9);
  });
}

test("what is too much is drawn outside the plate, at its scale, and goes round at most once", () => {
  const size = { limit: 1000, radius: 100 };
  const shapes = segmentsOf(pictureOf(many(12, 100)), 0).flatMap((segment) => pizzaShapes(segment, size, 900));
  const outside = shapes.filter(({ zone }) => zone === "outside");
  assert.equal(outside.length, 3);
  for (const { at } of outside) assert.ok(Math.hypot(...at) > 100);
  for (const { at, zone } of shapes) if (zone === "inside") assert.ok(Math.hypot(...at) < 100);
  const far = segmentsOf(pictureOf(many(50, 100)), 0).flatMap((segment) => pizzaShapes(segment, size, 900));
  assert.equal(far.filter(({ zone }) => zone === "outside").length, 10);
});

test("a bar ends at the limit, or at what is too much up to twice the limit", () => {
  assert.equal(barScale({ limit: 1000, width: 500, end: 700 })(1000), 500);
  assert.equal(barScale({ limit: 1000, width: 500, end: 1250 })(1000), 400);
  assert.equal(barScale({ limit: 1000, width: 500, end: 9000 })(1000), 250);
  const size = { limit: 1000, width: 500, height: 100, end: 1200, over: true };
  const shapes = segmentsOf(pictureOf(many(12, 100)), 0).flatMap((segment) => barShapes(segment, size));
  const bottoms = (zone: string) => shapes.filter((shape) => shape.zone === zone).map(({ at }) => at[1]);
  assert.ok(Math.max(...bottoms("outside")) < Math.min(...bottoms("inside")));
});

test("slices too thin to see are drawn together, but not the one that is chosen", () => {
  const picture = pictureOf([row("Big", 500), ...many(200, 1)]);
  const kinds = (chosen?: string) => segmentsOf(picture, 10, chosen).map(({ kind, label }) => [kind, label]);
  const rest = [
    ["free", "200 free"],
    ["floor", "floor 100"],
  ];
  assert.deepEqual(kinds(), [["slice", "Big"], ["group", "200 smaller"], ...rest]);
  assert.deepEqual(kinds("shop/F1050"), [
    ["slice", "Big"],
    ["group", "50 smaller"],
    ["slice", "F1050"],
    ["group", "149 smaller"],
    ...rest,
  ]);
  assert.equal(drawnSlices(picture), 201);
});

test("how much of a slice is coloured says how much is in use: half in use is half the area", () => {
  const picture = pictureOf([row("A", 400)]);
  const [segment] = segmentsOf({ ...picture, slices: picture.slices.map((slice) => ({ ...slice, use: 100 })) }, 0);
  assert.equal(segment?.used, 0.25);
  const [shape] = pizzaShapes(segment as NonNullable<typeof segment>, { limit: 1000, radius: 100 }, 900);
  assert.match(shape?.usedPath ?? "", /^M0,-50A50,50/);
});
