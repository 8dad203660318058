import type { FunctionDetails, LiveMapping } from "../accountSnapshot.ts";
import type { KillRecord } from "../killRecord.ts";
import { qualifierText, resourceName } from "../wording/arns.ts";
import { mappingName } from "../wording/fields.ts";
import { num } from "../wording/words.ts";

/** What a consequence is about; the editor picks an icon by it. */
export type ConsequenceKind =
  | "provisioned"
  | "scaling"
  | "synchronous"
  | "asynchronous"
  | "queue"
  | "stream"
  | "poller"
  | "schedules"
  | "running"
  | "deployment"
  | "load"
  | "unread";

/** One thing that will happen when a function is killed. */
export interface Consequence {
  readonly kind: ConsequenceKind;
  /** A sentence. */
  readonly message: string;
  /** Events may be lost or end in a dead-letter queue. */
  readonly loses: boolean;
}

/** What is to be killed, and how. */
export interface KillFacts {
  readonly details: FunctionDetails;
  readonly killedTo: KillRecord["killedTo"];
  /** UUIDs of the mappings that will be disabled. */
  readonly disabled: ReadonlySet<string>;
  /** Stack that declares the function. */
  readonly stack?: string;
  /** A load test that has set the reservation. */
  readonly load?: { readonly before: number | null; readonly reserved: number };
}

/** Everything that a kill causes, in the order in which a reader needs it. Nothing is claimed about what was not read. */
export function killConsequences({ details, killedTo, disabled, stack, load }: KillFacts): readonly Consequence[] {
  return [
    ...(load === undefined ? [] : [safe("load", loadText(load))]),
    ...provisioned(details),
    synchronous(killedTo),
    asynchronous(details, killedTo),
    ...details.mappings
      .filter(({ enabled }) => enabled)
      .map((mapping) => (disabled.has(mapping.uuid) ? paused(mapping) : kept(mapping))),
    schedules(killedTo),
    safe("running", "Invocations that are running finish."),
    ...(stack === undefined ? [] : [safe("deployment", `The next deployment of stack ${stack} may undo this.`)]),
    ...details.problems.map(({ message }) => ({ kind: "unread" as const, message, loses: true })),
  ];
}

function provisioned({ provisioned: configs, targets }: FunctionDetails): readonly Consequence[] {
  const each = configs.map(({ qualifier, requested }) => `${num(requested)} on ${qualifierText(qualifier)}`).join(", ");
  const scaled = targets.map(({ qualifier }) => qualifierText(qualifier)).join(", ");
  return [
    ...(each === ""
      ? []
      : [safe("provisioned", `Provisioned concurrency is deleted first: ${each}. A restore requests it again.`)]),
    ...(scaled === ""
      ? []
      : [
          safe(
            "scaling",
            `Auto scaling of ${scaled} is suspended, so that it does not bring provisioned concurrency back.`,
          ),
        ]),
  ];
}

function loadText({ before, reserved }: NonNullable<KillFacts["load"]>): string {
  const was = before === null ? "no reservation" : num(before);
  return `A load test has set the reservation to ${num(reserved)}: it is stopped, and a restore gives back what was there before it, ${was}.`;
}

function synchronous(killedTo: 0 | 1): Consequence {
  return killedTo === 0
    ? safe("synchronous", "API calls fail with 429 (TooManyRequestsException).")
    : safe(
        "synchronous",
        "One invocation at a time still runs; API calls beyond that fail with 429 (TooManyRequestsException).",
      );
}

function asynchronous({ deadLetter, problems }: FunctionDetails, killedTo: 0 | 1): Consequence {
  if (killedTo === 1) return safe("asynchronous", "Asynchronous events wait for up to 6 hours and run one at a time.");
  if (deadLetter !== undefined)
    return loss("asynchronous", `Asynchronous events are dropped at once and sent to ${resourceName(deadLetter)}.`);
  const rest =
    problems.length === 0
      ? "are dropped at once and lost: the function has no dead-letter queue and no on-failure destination"
      : "are dropped at once; whether a dead-letter queue or destination gets them is not known";
  return loss("asynchronous", `Asynchronous events ${rest}.`);
}

function schedules(killedTo: 0 | 1): Consequence {
  return killedTo === 1
    ? safe("schedules", "Schedules, notifications and rules keep firing; their events wait.")
    : loss("schedules", "Schedules, notifications and rules keep firing; their events are dropped as above.");
}

function paused(mapping: LiveMapping): Consequence {
  const name = mappingName(mapping);
  if (mapping.kind === "sqs")
    return safe("queue", `${name}: polling is disabled; messages wait for as long as the queue keeps them.`);
  if (isStream(mapping))
    return loss(
      "stream",
      `${name}: reading is disabled and keeps its position; records expire with the stream's retention (24 hours unless it was raised).`,
    );
  return safe("poller", `${name}: polling is disabled.`);
}

function kept(mapping: LiveMapping): Consequence {
  const name = mappingName(mapping);
  if (mapping.kind === "sqs")
    return loss(
      "queue",
      `${name}: polling continues; each throttled attempt raises the receive count of a message, and at maxReceiveCount it moves to the dead-letter queue.`,
    );
  if (isStream(mapping))
    return loss("stream", `${name}: its shards are blocked; records are retried until they expire.`);
  return loss("poller", `${name}: polling continues and is throttled.`);
}

function isStream({ kind }: LiveMapping): boolean {
  return kind === "kinesis" || kind === "dynamodb";
}

function safe(kind: ConsequenceKind, message: string): Consequence {
  return { kind, message, loses: false };
}

function loss(kind: ConsequenceKind, message: string): Consequence {
  return { kind, message, loses: true };
}
