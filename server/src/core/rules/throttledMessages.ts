import { awsNumbers } from "../demand/awsNumbers.ts";
import type { QueueFacts, SourceDemand } from "../demand/demand.ts";
import { boundsOf } from "../ledger/bounds.ts";
import type { Value } from "../model.ts";
import { many, num } from "../wording/words.ts";

/** The queue whose throttled messages are lost first, and after how many receives. */
export interface ThrottledMessages {
  readonly source: SourceDemand;
  readonly queue: QueueFacts;
  readonly receives: number;
  /** Seconds; absent when the visibility timeout is not known. */
  readonly seconds?: number;
}

/** Of queues with a dead-letter queue, as far as they are in the template; undefined when there is none. */
export function throttledMessages(sources: readonly SourceDemand[]): ThrottledMessages | undefined {
  let first: ThrottledMessages | undefined;
  for (const source of sources) {
    const { queue } = source;
    if (!queue || typeof queue.maxReceiveCount !== "number") continue;
    const { maxReceiveCount: receives, visibility } = queue;
    if (first && first.receives <= receives) continue;
    const seconds = typeof visibility === "number" ? { seconds: receives * visibility } : {};
    first = { source, queue, receives, ...seconds };
  }
  return first;
}

/**
 * Lambda tries a throttled batch again until the visibility timeout has passed; then its messages come back with one receive more.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function survivalText({ queue, receives, seconds }: ThrottledMessages): string {
  const time = seconds === undefined || seconds === 0 ? "" : `, about ${num(seconds)} s,`;
  return `a message that is throttled survives ${many(receives, "receive")}${time} and is in the dead-letter queue of ${queue.logicalId} then`;
}

/** What the visibility timeout adds, as a sentence with a blank in front; empty when it is as long as AWS advises. */
export function visibilityText({ visibility }: QueueFacts, timeout: Value): string {
  const seconds = boundsOf(timeout);
  if (typeof visibility !== "number" || seconds.min !== seconds.max || seconds.min === 0) return "";
  if (visibility < seconds.min) {
    return ` Lambda also refuses a mapping to a queue whose VisibilityTimeout (${num(visibility)} s) is below the function's Timeout (${num(seconds.min)} s).`;
  }
  const advised = awsNumbers.sqsAdvice.timeouts * seconds.min;
  if (visibility >= advised) return "";
  return ` A VisibilityTimeout of ${num(visibility)} s shortens that: AWS advises ${num(awsNumbers.sqsAdvice.timeouts)} × the Timeout, ${num(advised)} s.`;
}
