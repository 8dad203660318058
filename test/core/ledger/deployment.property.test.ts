import assert from "node:assert/strict";
import { test } from "node:test";
import { exactly } from "#core/ledger/bounds.ts";
import { accountRoom, deploymentOf, largestInDeployment } from "#core/ledger/deployment.ts";

/** Numbers from a seed. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >> 8) % below;
  };
}

interface Change {
  readonly now: number;
  readonly wanted: number;
}

/** Is there an order of calls in which Lambda accepts all of them? It refuses one that takes more and leaves less than the floor. */
function isAccepted(unreserved: number, floor: number, changes: readonly Change[]): boolean {
  if (changes.length === 0) return true;
  return changes.some(({ now, wanted }, i) => {
    const left = unreserved + now - wanted;
    return (wanted <= now || left >= floor) && isAccepted(left, floor, changes.toSpliced(i, 1));
  });
}

test("a deployment fits exactly where some order of its calls is accepted, and its largest number is the last that is", () => {
  for (let seed = 1; seed <= 2000; seed++) {
    const pick = numbers(seed);
    const floor = pick(6);
    const unreserved = pick(20);
    const changes = Array.from({ length: 1 + pick(4) }, () => ({ now: pick(8), wanted: pick(8) }));
    const deploy = (all: readonly Change[]) =>
      deploymentOf(
        accountRoom({ limit: 1000, unreserved, floor }, 1000 - unreserved),
        all.map(({ now, wanted }) => ({ declared: exactly(wanted), held: { reserved: exactly(now), provisioned: 0 } })),
        { mayFree: 0, mayTake: false },
      );
    const deployment = deploy(changes);
    assert.equal(deployment.verdict, isAccepted(unreserved, floor, changes) ? "fits" : "over", `seed ${seed}`);
    const [first = { now: 0, wanted: 0 }, ...rest] = changes;
    const largest = largestInDeployment(deployment, exactly(first.wanted), 1) as number;
    const more = deploy([{ ...first, wanted: Math.max(first.now, largest) + 1 }, ...rest]);
    assert.equal(more.verdict, "over", `seed ${seed}: one more than the largest`);
    const isOffered = largest > 0;
    assert.equal(isOffered ? deploy([{ ...first, wanted: largest }, ...rest]).verdict : "fits", "fits", `seed ${seed}`);
  }
});
