import { awsNumbers } from "../demand/awsNumbers.ts";
import type { SourceDemand } from "../demand/demand.ts";
import { boundsOf, sum } from "../ledger/bounds.ts";
import { maximumMember } from "../template/settings.ts";
import { range } from "../wording/values.ts";
import { num } from "../wording/words.ts";
import { fixDataOf, reservationOf, sourcesOf } from "./claimFacts.ts";
import type { FindingDraft } from "./findingDraft.ts";
import { demandOf, type RuleContext } from "./ruleContext.ts";
import { survivalText, throttledMessages, visibilityText } from "./throttledMessages.ts";

/** `sqs-throttle-to-dlq`: queues without MaximumConcurrency push more than is reserved, until messages are in a dead-letter queue. */
export function* sqsThrottleToDlq({ uses }: RuleContext): Generator<FindingDraft> {
  for (const found of uses.flatMap(({ functions }) => functions)) {
    const { use, declared, claim } = found;
    const reserved = reservationOf(declared);
    const demand = demandOf(found);
    if (!reserved?.max || !demand) continue;
    const queues = demand.sources.filter(({ kind, maximum }) => kind === "sqs" && maximum !== 0);
    const total = sum(queues.map(({ maximum }) => boundsOf(maximum)));
    const capped = new Set(declared.maximumConcurrency.map(({ source }) => source));
    const uncapped = queues.filter(({ source }) => !capped.has(source));
    const lost = throttledMessages(uncapped);
    if (!lost || total.min <= reserved.max) continue;
    const { queue, receives, source } = lost;
    const few = receives < awsNumbers.sqsAdvice.receives;
    yield {
      rule: "sqs-throttle-to-dlq",
      use,
      place: source.place,
      who: declared.logicalId,
      ...(few ? {} : { severity: "information" as const }),
      text: `reserves ${range(reserved)}, and ${pushed(queues, total.min)}: ${survivalText(lost)}. ${remedy(reserved.max, few, source)}${visibilityText(queue, demand.timeout)}`,
      related: [
        { place: declared.reserved.place, message: `${declared.logicalId} reserves ${range(reserved)}.` },
        ...sourcesOf(declared.reserved),
        { place: queue.place, message: `${queue.logicalId} has a maxReceiveCount of ${num(receives)}.` },
      ],
      data: claim ? fixDataOf(claim, use.pool) : { logicalId: declared.logicalId },
    };
  }
}

function pushed(queues: readonly SourceDemand[], total: number): string {
  const [only, ...others] = queues;
  const who = others.length === 0 ? `${only?.source} pushes` : `${num(queues.length)} queues push`;
  return `${who} up to ${num(total)} batches at once`;
}

function remedy(reserved: number, few: boolean, { ceiling }: SourceDemand): string {
  const more = few ? `, or maxReceiveCount to at least ${num(awsNumbers.sqsAdvice.receives)}` : "";
  // Only provisioned pollers have no ceiling of AWS.
  const instead = ceiling === undefined ? " instead of provisioned pollers" : "";
  if (reserved >= maximumMember.least) return `Set MaximumConcurrency to at most ${num(reserved)}${instead}${more}.`;
  return `Reserve at least ${num(maximumMember.least)} and set MaximumConcurrency to that${more}.`;
}
