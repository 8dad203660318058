import type { Value } from "../model.ts";
import type { EventSource } from "../template/eventSource.ts";
import { isUnknown, longValueText } from "../wording/values.ts";
import { num } from "../wording/words.ts";
import { awsNumbers } from "./awsNumbers.ts";
import type { QueueFacts, SourceDemand } from "./demand.ts";

type Found = Pick<SourceDemand, "maximum" | "unbounded" | "arithmetic" | "ceiling" | "minutesToCeiling">;

const { start, growth, cap } = awsNumbers.sqs;
const uncapped = `no MaximumConcurrency: starts with ${num(start)} batches, adds ${num(growth)} a minute, up to ${num(cap)}`;
const ceiling = { ceiling: cap, minutesToCeiling: Math.ceil((cap - start) / growth) };

/** Batches of a queue that are processed at once. */
export function sqsDemand({ maximum, pollers, from }: EventSource, queue: QueueFacts | undefined): Found {
  if (pollers !== undefined) return ofPollers(pollers);
  if (maximum !== null) return capped(maximum, queue?.fifo ?? isFifoName(from));
  if (!(queue?.fifo ?? isFifoName(from))) return { maximum: cap, arithmetic: uncapped, ...ceiling };
  const unknown = "as many as there are message groups with messages";
  const arithmetic = "FIFO: one batch for each message group that has messages";
  return { maximum: { unknown }, unbounded: true, arithmetic };
}

function isFifoName(from: string | undefined): boolean {
  return from?.endsWith(".fifo") ?? false;
}

function capped(maximum: Exclude<Value, null>, fifo: boolean): Found {
  const groups = fifo ? ", and at most one batch for each message group (FIFO)" : "";
  const arithmetic = `MaximumConcurrency ${longValueText(maximum)}${groups}`;
  // None is 0 in the bounds of what is not decided, and then nothing caps it.
  const perhapsNone = isUnknown(maximum) && maximum.min === 0 && !fifo;
  return { maximum: perhapsNone ? { ...maximum, max: cap } : maximum, arithmetic };
}

function ofPollers(pollers: Value): Found {
  const { each, default: usual } = awsNumbers.sqsPollers;
  const count = pollers ?? usual;
  const written =
    pollers === null
      ? `${num(usual)} provisioned pollers (default)`
      : `MaximumPollers ${longValueText(count as Value)}`;
  const maximum = timesEach(count, each);
  const total = isUnknown(maximum) ? "" : ` = ${longValueText(maximum)}`;
  return { maximum, arithmetic: `${written} × ${num(each)} invocations${total}` };
}

/** A number of things, each of which invokes so often at once. */
export function timesEach(count: Exclude<Value, null>, each: number): Exclude<Value, null> {
  if (typeof count === "number") return count * each;
  const { unknown, min, max } = count;
  return {
    unknown,
    ...(min === undefined ? {} : { min: min * each }),
    ...(max === undefined ? {} : { max: max * each }),
  };
}
