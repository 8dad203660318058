import type { Unknown } from "../model.ts";
import type { EventSource } from "../template/eventSource.ts";
import { kafkaDemand, mqDemand } from "./brokerDemand.ts";
import type { QueueFacts, SourceDemand } from "./demand.ts";
import { sqsDemand } from "./sqsDemand.ts";
import { streamDemand } from "./streamDemand.ts";

/** What other resources of the template say of what an event source reads from. */
export interface Lookups {
  queue(from: string | undefined): QueueFacts | undefined;
  shards(from: string | undefined): number | Unknown;
  engine(from: string | undefined): string | undefined;
}

type Found = Pick<SourceDemand, "maximum" | "unbounded" | "arithmetic" | "ceiling" | "minutesToCeiling">;

/** The most that a source which is written with a function, or as its mapping, can push at it. */
export function demandOfSource(source: EventSource, lookups: Lookups): SourceDemand {
  const { kind, place, enabled } = source;
  const queue = kind === "sqs" ? lookups.queue(source.from) : undefined;
  const head = { source: source.source, kind, place, ...(queue && { queue }) };
  if (enabled === false) return { ...head, maximum: 0, arithmetic: "switched off (Enabled: false)" };
  const found = demandIfOn(source, queue, lookups);
  if (enabled === true) return { ...head, ...found };
  return { ...head, ...perhaps(found, enabled) };
}

function demandIfOn(source: EventSource, queue: QueueFacts | undefined, lookups: Lookups): Found {
  switch (source.kind) {
    case "sqs":
      return sqsDemand(source, queue);
    case "kinesis":
      return streamDemand(source, lookups.shards(source.from));
    case "dynamodb":
      return streamDemand(source, { unknown: "a table's stream has as many shards as the table has partitions" });
    case "kafka":
      return kafkaDemand(source);
    case "mq":
      return mqDemand(lookups.engine(source.from));
    default:
      return unbounded(source);
  }
}

function unbounded({ kind, what }: EventSource): Found {
  const name = what === undefined ? "" : ` (${what})`;
  if (kind === "async") {
    const arithmetic = `asynchronous events${name}: unbounded; when it is throttled Lambda queues them for up to 6 hours`;
    return { maximum: { unknown: `nothing bounds asynchronous events${name}` }, unbounded: true, arithmetic };
  }
  if (what === undefined) {
    const unknown = "what it reads from is not known here";
    return { maximum: { unknown }, arithmetic: unknown };
  }
  const unknown = `nothing bounds requests${name}`;
  return { maximum: { unknown }, unbounded: true, arithmetic: `requests${name}: unbounded` };
}

/** It may not be there, or be switched off. */
function perhaps(found: Found, { unknown }: Unknown): Found {
  const { maximum, arithmetic } = found;
  const max = typeof maximum === "number" ? maximum : maximum?.max;
  return {
    maximum: { unknown, min: 0, ...(max === undefined ? {} : { max }) },
    arithmetic: `${arithmetic}; or nothing: ${unknown}`,
  };
}
