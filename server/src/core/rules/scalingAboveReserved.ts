import { boundsOf } from "../ledger/bounds.ts";
import { range } from "../wording/values.ts";
import { num } from "../wording/words.ts";
import { fixDataOf, reservationOf, sourcesOf } from "./claimFacts.ts";
import type { FindingDraft } from "./findingDraft.ts";
import type { RuleContext } from "./ruleContext.ts";

/** `scaling-above-reserved`: a scaling target that asks for more than its function reserves. */
export function* scalingAboveReserved({ uses }: RuleContext): Generator<FindingDraft> {
  for (const use of uses) {
    for (const { declared, claim } of use.functions) {
      const reserved = reservationOf(declared);
      if (!reserved?.max) continue;
      for (const { logicalId, place, minimum, maximum } of declared.scaling) {
        const [least, most] = [boundsOf(minimum), boundsOf(maximum)];
        const what =
          least.min > reserved.max
            ? `scales out to a MinCapacity of ${num(least.min)} (${logicalId}), but reserves only ${range(reserved)}: the template deploys, and Lambda refuses every scale-out.`
            : most.min > reserved.max
              ? `scales out to a MaxCapacity of ${num(most.min)} (${logicalId}), but reserves only ${range(reserved)}: Lambda refuses what is above that, so it is never reached.`
              : undefined;
        if (what === undefined) continue;
        const wanted = num(Math.max(least.min, most.min));
        yield {
          rule: "scaling-above-reserved",
          use,
          who: declared.logicalId,
          place,
          text: `${what} Raise the reservation to ${wanted}, or lower the capacity.`,
          related: [
            { place: declared.reserved.place, message: `${declared.logicalId} reserves ${range(reserved)}.` },
            ...sourcesOf(declared.reserved),
          ],
          data: claim ? fixDataOf(claim, use.pool) : { logicalId: declared.logicalId },
        };
      }
    }
  }
}
