import type { WantedChange } from "./wantedChanges.ts";
import { compare } from "./wantedChanges.ts";

/**
 * Which functions with provisioned concurrency and no reservation can get their reservation by one call, in the order in which they
 * must be called; the others have to give up provisioned concurrency for a moment. As few configurations as possible go.
 *
 * Lambda is taken to credit such a function nothing: the call needs the whole reservation unreserved above the floor, although its
 * provisioned concurrency is subtracted already, and only the difference is gone afterwards. That is a schedule with deadlines: each
 * call takes `reservation − provisioned` of the room and must end while `provisioned` is still left of it.
 * @param room what is unreserved above the floor
 */
export function directGains(gains: readonly WantedChange[], room: number): readonly WantedChange[] {
  // Earliest deadline first: if a set can be called directly at all, it can in this order.
  const ordered = [...gains].sort((a, b) => b.total - a.total || compare(a.name, b.name));
  // Entry w: the cheapest set of calls that spares w configurations.
  let best: (Chosen | undefined)[] = [{ used: 0 }];
  for (const gain of ordered) {
    const next = [...best];
    for (const [spared, chosen] of best.entries()) {
      if (chosen === undefined) continue;
      const used = chosen.used + gain.claimAfter - gain.claimBefore;
      if (used + gain.total > room) continue;
      const index = spared + gain.provisioned.length;
      if ((next[index]?.used ?? Number.POSITIVE_INFINITY) > used) next[index] = { used, last: gain, rest: chosen };
    }
    best = Array.from(next);
  }
  const result: WantedChange[] = [];
  for (let chosen = best.at(-1); chosen !== undefined; chosen = chosen.rest)
    if (chosen.last !== undefined) result.unshift(chosen.last);
  return result;
}

interface Chosen {
  /** Room gone after these calls. */
  readonly used: number;
  readonly last?: WantedChange;
  readonly rest?: Chosen;
}
