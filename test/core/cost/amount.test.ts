import assert from "node:assert/strict";
import { test } from "node:test";
import { amountOf, amountsText, amountText, shownAmount } from "#core/cost/amount.ts";

test("money is shown to a cent, below ten cents to a hundredth of one", () => {
  const shown = [0, 0.00001, 0.0075, 0.0999, 0.099_99, 0.1, 0.125, 1, 12.000_024, 999.999, 1_095, 1_234_567.891];
  assert.deepEqual(
    shown.map((dollars) => amountText(amountOf(dollars))),
    [
      "$0.00",
      "$0.00",
      "$0.0075",
      "$0.0999",
      "$0.10",
      "$0.10",
      "$0.13",
      "$1.00",
      "$12.00",
      "$1,000.00",
      "$1,095.00",
      "$1,234,567.89",
    ],
  );
});

test("a range says what bounds it", () => {
  const [a, b] = [amountOf(0.75), amountOf(6)];
  assert.equal(amountsText({ min: b, max: b }), "$6.00");
  assert.equal(amountsText({ min: a, max: b }), "$0.75 to $6.00");
  assert.equal(amountsText({ min: a, max: undefined }), "at least $0.75");
  assert.equal(amountsText({ min: 0n, max: undefined }), "unknown");
});

test("what is compared is what is shown: fractions of a cent make no finding", () => {
  assert.equal(shownAmount(amountOf(14.880_024)), amountOf(14.88));
  assert.equal(shownAmount(amountOf(14.885)), amountOf(14.89));
  assert.equal(shownAmount(amountOf(0.007_52)), amountOf(0.0075));
});
