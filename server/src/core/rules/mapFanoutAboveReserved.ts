import type { SourceDemand } from "../demand/demand.ts";
import { boundsOf } from "../ledger/bounds.ts";
import { range } from "../wording/values.ts";
import { num } from "../wording/words.ts";
import { fixDataOf, reservationOf, sourcesOf } from "./claimFacts.ts";
import type { FindingDraft } from "./findingDraft.ts";
import { demandOf, type RuleContext } from "./ruleContext.ts";

/** `map-fanout-above-reserved`: one execution of a state machine invokes a function more often at once than it reserves. */
export function* mapFanoutAboveReserved({ uses }: RuleContext): Generator<FindingDraft> {
  for (const found of uses.flatMap(({ functions }) => functions)) {
    const { use, declared, claim } = found;
    const reserved = reservationOf(declared);
    if (!reserved?.max) continue;
    for (const demand of demandOf(found)?.sources ?? []) {
      if (demand.kind !== "map" || reachOf(demand) <= reserved.max) continue;
      yield {
        rule: "map-fanout-above-reserved",
        use,
        place: demand.place,
        who: declared.logicalId,
        text: `is invoked by ${demand.source} with ${demand.arithmetic}, but reserves only ${range(reserved)}: the other iterations get Lambda.TooManyRequestsException and fail unless the state retries it. Set MaxConcurrency to at most ${num(reserved.max)}, or raise the reservation.`,
        related: [
          { place: declared.reserved.place, message: `${declared.logicalId} reserves ${range(reserved)}.` },
          ...sourcesOf(declared.reserved),
        ],
        data: claim ? fixDataOf(claim, use.pool) : { logicalId: declared.logicalId },
      };
    }
  }
}

/** An unbounded Map reaches what Step Functions runs at once. */
function reachOf({ maximum, ceiling }: SourceDemand): number {
  return Math.max(boundsOf(maximum).min, ceiling ?? 0);
}
