import { boundsOf, sum } from "../ledger/bounds.ts";
import { range } from "../wording/values.ts";
import { num } from "../wording/words.ts";
import { fixDataOf, reservationOf, sourcesOf } from "./claimFacts.ts";
import type { FindingDraft } from "./findingDraft.ts";
import { demandOf, type RuleContext } from "./ruleContext.ts";

/** `stream-fanout-above-reserved`: the shards of a function's streams hand over more batches at once than it reserves. */
export function* streamFanoutAboveReserved({ uses }: RuleContext): Generator<FindingDraft> {
  for (const found of uses.flatMap(({ functions }) => functions)) {
    const { use, declared, claim } = found;
    const reserved = reservationOf(declared);
    if (!reserved?.max) continue;
    const all = demandOf(found)?.sources ?? [];
    const streams = all.filter(({ kind }) => kind === "kinesis" || kind === "dynamodb");
    const total = sum(streams.map(({ maximum }) => boundsOf(maximum)));
    const [first] = [...streams].sort((a, b) => boundsOf(b.maximum).min - boundsOf(a.maximum).min);
    if (!first || total.min <= reserved.max) continue;
    const how = streams.length === 1 ? first.arithmetic : `${num(streams.length)} streams together`;
    yield {
      rule: "stream-fanout-above-reserved",
      use,
      place: first.place,
      who: declared.logicalId,
      text: `is handed ${range(total)} batches at once (${how}), but reserves only ${range(reserved)}: the other shards wait, and their records get older. Raise the reservation to ${num(total.min)}, or lower ParallelizationFactor.`,
      related: [
        { place: declared.reserved.place, message: `${declared.logicalId} reserves ${range(reserved)}.` },
        ...sourcesOf(declared.reserved),
        ...streams
          .filter((stream) => stream !== first)
          .map(({ place, arithmetic }) => ({ place, message: `${arithmetic}.` })),
      ],
      data: claim ? fixDataOf(claim, use.pool) : { logicalId: declared.logicalId },
    };
  }
}
