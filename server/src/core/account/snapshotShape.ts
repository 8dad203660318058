import type {
  AccountIdentity,
  AccountSnapshot,
  FunctionDetails,
  LiveFunction,
  LiveMapping,
  Usage,
} from "../accountSnapshot.ts";
import {
  closed,
  count,
  either,
  flag,
  integer,
  listOf,
  mapOf,
  moment,
  number,
  type ObjectShape,
  oneOf,
  optional,
  type Shape,
  text,
} from "./shape.ts";

/** One form for each member, so that a new member cannot be forgotten here. */
type Members<T> = { readonly [K in keyof Required<T>]: Shape };

/** The forms of a snapshot and of one of its functions, member by member. `object` says whether objects in them may have more members. */
export interface SnapshotMembers {
  readonly snapshot: Members<AccountSnapshot>;
  readonly liveFunction: Members<LiveFunction>;
}

/** The forms of everything that a snapshot consists of. */
export function snapshotMembers(object: ObjectShape): SnapshotMembers {
  const value = either(count, oneOf(null), object({ unknown: text, min: optional(number), max: optional(number) }));
  const problems = listOf(object({ action: text, message: text }));

  const usageMembers: Members<Usage> = {
    from: moment,
    until: moment,
    concurrency: listOf(object({ time: moment, value: number })),
    maximum: optional(number),
    now: optional(number),
    throttles: optional(number),
    invocations: optional(number),
  };

  const identity: Members<AccountIdentity> = {
    account: text,
    alias: optional(text),
    arn: text,
    partition: text,
    region: text,
    profile: optional(text),
    endpoint: optional(text),
  };

  const mapping: Members<LiveMapping> = {
    uuid: text,
    source: text,
    kind: oneOf("sqs", "kinesis", "dynamodb", "kafka", "mq", "documentdb", "other"),
    state: text,
    enabled: flag,
    qualifier: optional(text),
    batchSize: optional(number),
    maximumConcurrency: optional(number),
    parallelizationFactor: optional(number),
  };

  const details: Members<FunctionDetails> = {
    readAt: moment,
    provisioned: listOf(
      object({
        qualifier: text,
        requested: count,
        allocated: count,
        status: oneOf("IN_PROGRESS", "READY", "FAILED"),
        statusReason: optional(text),
      }),
    ),
    targets: listOf(
      object({
        qualifier: text,
        minimum: count,
        maximum: count,
        suspended: object({ in: flag, out: flag, scheduled: flag }),
      }),
    ),
    mappings: listOf(object(mapping)),
    deadLetter: optional(text),
    problems,
  };

  const liveFunction: Members<LiveFunction> = {
    name: text,
    arn: text,
    reserved: value,
    stack: optional(object({ name: text, logicalId: text })),
    outsidePool: optional(text),
    runtime: optional(text),
    timeout: optional(number),
    memory: optional(number),
    architecture: optional(oneOf("x86_64", "arm64")),
    killTags: optional(mapOf(text)),
    owed: optional(count),
    details: optional(object(details)),
    usage: optional(object(usageMembers)),
    readAt: optional(moment),
  };

  const snapshot: Members<AccountSnapshot> = {
    version: oneOf(1),
    identity: object(identity),
    readAt: moment,
    limit: optional(count),
    unreserved: optional(integer),
    functionCount: count,
    learnedFloor: optional(count),
    reading: object({
      state: oneOf("complete", "partial", "reading"),
      known: count,
      listed: count,
      accounted: optional(oneOf(true)),
    }),
    functions: listOf(object(liveFunction)),
    usage: optional(object({ ...usageMembers, unreservedNow: optional(number) })),
    problems,
  };

  return { snapshot, liveFunction };
}

const isWhole = closed(snapshotMembers(closed).snapshot);

/** Is this, read from a file, a snapshot of an ended reading in the form of this version, and nothing beside it? */
export function isSnapshot(found: unknown): found is AccountSnapshot {
  return isWhole(found) && (found as AccountSnapshot).reading.state !== "reading";
}
