import type { Place, SourceKind, Value } from "../model.ts";

/** The most that one event source can push at a function at once. */
export interface SourceDemand {
  /** Logical id of the mapping, permission, schedule or state machine; of an event of SAM: function id + event name. */
  readonly source: string;
  readonly kind: SourceKind;
  readonly place: Place;
  /** Concurrent executions; unknown, without a highest value, when nothing bounds them. */
  readonly maximum: Value;
  /** Nothing that anybody set bounds it. */
  readonly unbounded?: true;
  /** How that comes about, in one line: `4 shards × ParallelizationFactor 10 = 40`. */
  readonly arithmetic: string;
  /** Where AWS stops a source that nobody has capped; AWS may move it. */
  readonly ceiling?: number;
  /** Of a source that grows: minutes until it is at its ceiling. */
  readonly minutesToCeiling?: number;
  /** Of SQS, when the queue is in the same template. */
  readonly queue?: QueueFacts;
}

/** What a queue says about messages that are not processed. */
export interface QueueFacts {
  readonly logicalId: string;
  readonly place: Place;
  readonly fifo: boolean;
  /** `RedrivePolicy.maxReceiveCount`; null: no dead-letter queue. */
  readonly maxReceiveCount: Value;
  /** `VisibilityTimeout` in seconds. */
  readonly visibility: Value;
}

/** Everything that pushes events at one function. */
export interface FunctionDemand {
  /** The function's `Timeout` in seconds. */
  readonly timeout: Value;
  readonly sources: readonly SourceDemand[];
}

/** By `functionPath`. */
export type StackDemand = ReadonlyMap<string, FunctionDemand>;

/** Where a function is in its stack: logical ids of the nested stacks around it, outermost first, and its own. */
export function functionPath(nesting: readonly string[], logicalId: string): string {
  return [...nesting, logicalId].join("/");
}
