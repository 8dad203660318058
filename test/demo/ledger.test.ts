import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { computeLedger, headroomOf } from "#core";
import { regionOf } from "#demo/account/accountFile.ts";
import { unreserved } from "#demo/account/state.ts";
import { checkReserved } from "#demo/limits.ts";

const reservation = fc.option(fc.nat({ max: 600 }));

/** Does the demo account accept this reservation for the first function? */
function accepts(state: ReturnType<typeof regionOf>, value: number): boolean {
  const [subject] = state.functions;
  assert.ok(subject);
  const check: typeof checkReserved = checkReserved;
  try {
    check(state, subject, value);
    return true;
  } catch {
    return false;
  }
}

test("the demo account and the ledger agree on what is left and on the largest reservation", () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 2000 }),
      fc.nat({ max: 100 }),
      fc.array(reservation, { minLength: 1, maxLength: 8 }),
      (limit, floor, reservations) => {
        const functions = reservations.map((reserved, index) => ({
          name: `f${index}`,
          ...(reserved === null ? {} : { reserved }),
        }));
        const state = regionOf({ limit, floor, functions }, 0);
        const claims = reservations.map((reserved) => {
          const value = reserved ?? 0;
          return { claim: { min: value, max: value }, instances: 1 };
        });
        const ledger = computeLedger(limit, floor, claims);
        assert.equal(unreserved(state), ledger.unreserved);
        const [first] = claims;
        assert.ok(first);
        const headroom = headroomOf(ledger, first);
        assert.ok(typeof headroom === "number");
        assert.deepEqual(
          [accepts(state, headroom), accepts(state, headroom + 1), accepts(state, 0)],
          [true, false, true],
        );
      },
    ),
  );
});
