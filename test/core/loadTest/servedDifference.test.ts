import assert from "node:assert/strict";
import { test } from "node:test";
import { servedDifference } from "#core";
import { differenceText } from "#core/loadTest/servedDifference.ts";

const runs = (...served: readonly number[]) => served.map((servedPerSecond) => ({ servedPerSecond }));

test("the difference is that of pairs, with the least and the most", () => {
  assert.equal(servedDifference(runs(1), []), undefined);
  const one = servedDifference(runs(100), runs(60));
  assert.deepEqual(one, { mean: -40, min: -40, max: -40, repeats: 1 });
  const three = servedDifference(runs(100, 110, 90), runs(60, 60, 95));
  assert.deepEqual(three, { mean: -85 / 3, min: -50, max: 5, repeats: 3 });
  assert.deepEqual(
    [one, three].map((found) => found && differenceText(found)),
    [
      "B served 40.0 per second less than A.",
      "B served 28.3 per second less than A (between 50.0 less and 5.0 more over 3 repeats).",
    ],
  );
});
