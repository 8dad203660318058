import type { Pool } from "../analysis.ts";
import type { FunctionDemand, SourceDemand } from "../demand/demand.ts";
import { boundsOf } from "../ledger/bounds.ts";
import type { DeclaredFunction } from "../model.ts";
import { isUnknown } from "../wording/values.ts";
import { num } from "../wording/words.ts";
import { fixDataOf } from "./claimFacts.ts";
import type { FindingDraft } from "./findingDraft.ts";
import { demandOf, type RuleContext } from "./ruleContext.ts";

/** From this `Timeout` (seconds) on, a batch that hangs holds its place long enough for others to notice. */
const LONG = 60;

/**
 * `source-can-fill-pool`: a source that nobody has capped, on a function without a reservation, reaches all that is unreserved.
 * Sources of which nobody can say how far they reach (schedules, APIs, partitions) are not reported.
 */
export function* sourceCanFillPool({ uses }: RuleContext): Generator<FindingDraft> {
  for (const found of uses.flatMap(({ functions }) => functions)) {
    const { use, declared, claim } = found;
    const demand = demandOf(found);
    if (!claim || !demand || declared.reserved.value !== null || declared.outsidePool !== undefined) continue;
    // It cannot be deployed as it is, and what is misspelt may be the cap.
    if (declared.refused.length > 0) continue;
    const { unreserved } = use.pool.ledger;
    const room = isUnknown(unreserved) ? unreserved.max : (unreserved ?? undefined);
    if (room === undefined || room <= 0) continue;
    const reaching = demand.sources.filter(({ ceiling }) => ceiling !== undefined && ceiling >= room);
    const [source] = reaching;
    if (!source) continue;
    const timeout = boundsOf(demand.timeout).min;
    yield {
      rule: "source-can-fill-pool",
      use,
      place: source.place,
      who: declared.logicalId,
      ...(timeout >= LONG ? {} : { severity: "information" as const }),
      text: `has no reservation, and ${reachText(source)}: it can take all ${num(room)} that are unreserved${assumed(use.pool)}, and every other function without a reservation is throttled then.${holdText(demand)} ${remedy(source, declared)}, or reserve concurrency for ${declared.logicalId}.`,
      related: reaching
        .filter((other) => other !== source)
        .map(({ place, arithmetic }) => ({ place, message: `${arithmetic}.` })),
      data: fixDataOf(claim, use.pool),
    };
  }
}

function assumed({ limit, limitSource }: Pool): string {
  return limitSource === "assumed" ? ` under an assumed limit of ${num(limit)}` : "";
}

function reachText({ source, arithmetic, minutesToCeiling }: SourceDemand): string {
  const when = minutesToCeiling === undefined ? "" : ` within ${num(minutesToCeiling)} minutes`;
  return `${source} has ${arithmetic}${when}`;
}

function holdText({ timeout }: FunctionDemand): string {
  const { min, max } = boundsOf(timeout);
  return min === max && min >= LONG ? ` With a Timeout of ${num(min)} s each batch may hold its place that long.` : "";
}

function remedy({ kind, source }: SourceDemand, { sqsSources }: DeclaredFunction): string {
  if (kind === "map") return "Set MaxConcurrency on the Map";
  // The mapping that SAM makes of an SqsSubscription takes no ScalingConfig.
  const canBeSet = sqsSources.some((one) => one.source === source);
  return canBeSet
    ? "Set MaximumConcurrency on the source"
    : "Subscribe a queue of your own, with an SQS event that sets MaximumConcurrency";
}
