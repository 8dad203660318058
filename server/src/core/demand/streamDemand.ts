import { boundsOf } from "../ledger/bounds.ts";
import type { Unknown, Value } from "../model.ts";
import type { EventSource } from "../template/eventSource.ts";
import { boundsText, isUnknown } from "../wording/values.ts";
import { many, num } from "../wording/words.ts";
import type { SourceDemand } from "./demand.ts";

/**
 * Batches of a stream that are processed at once: shards × ParallelizationFactor (1 where none is written). A stream has at least
 * one shard. https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
 */
export function streamDemand(
  { parallelization }: EventSource,
  shards: number | Unknown,
): Pick<SourceDemand, "maximum" | "arithmetic"> {
  const factor: Exclude<Value, null> = parallelization ?? 1;
  const by = parallelization === null ? "1 batch each" : `ParallelizationFactor ${textOf(factor)}`;
  if (typeof shards === "number" && typeof factor === "number") {
    const maximum = shards * factor;
    return { maximum, arithmetic: `${many(shards, "shard")} × ${by} = ${num(maximum)}` };
  }
  const [a, b] = [boundsOf(shards), boundsOf(factor)];
  const reason = isUnknown(shards) ? shards.unknown : (factor as Unknown).unknown;
  const min = Math.max(1, a.min) * Math.max(1, b.min);
  const max = a.max === undefined || b.max === undefined ? undefined : a.max * b.max;
  const known = typeof shards === "number" ? many(shards, "shard") : shardsText(shards);
  const maximum = { unknown: reason, min, ...(max === undefined ? {} : { max }) };
  return { maximum, arithmetic: `${known} × ${by}${typeof shards === "number" ? "" : `: ${reason}`}` };
}

function shardsText(shards: Unknown): string {
  const text = boundsText(shards);
  return text === "unknown" ? "shards" : `${text} shards`;
}

function textOf(value: Exclude<Value, null>): string {
  return isUnknown(value) ? boundsText(value) : num(value);
}
