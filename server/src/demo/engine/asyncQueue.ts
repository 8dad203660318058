import type { FunctionState } from "../account/state.ts";
import type { Clock } from "./clock.ts";
import type { Invocations } from "./invocations.ts";
import type { Metrics } from "./metrics.ts";

const SECOND = 1000;
const HIGHEST_WAIT = 300 * SECOND;
const HIGHEST_AGE = 6 * 3600 * SECOND;
/** A function that fails is called this often altogether. */
const ATTEMPTS = 3;
/** Throttled events kept; further ones are dropped as if they were too old. */
const HIGHEST_WAITING = 10_000;
/** Deliveries remembered. */
const KEPT = 1000;

/** A message that Lambda sent to a dead-letter queue or an on-failure destination. */
export interface Delivery {
  /** ARN of the queue or topic. */
  readonly to: string;
  readonly body: unknown;
  /** Of a message to a dead-letter queue. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** How an invocation goes. */
export interface Outcome {
  readonly milliseconds: number;
  readonly failed: boolean;
}

/** Decides how an invocation that starts now goes. */
export type Run = (subject: FunctionState) => Outcome;

/** ARN of a function, version or alias. */
export type ArnOf = (name: string, qualifier: string | undefined) => string;

interface Event {
  readonly subject: FunctionState;
  readonly qualifier: string | undefined;
  readonly requestId: string;
  readonly payload: unknown;
  readonly received: number;
  /** Times the function has run. */
  calls: number;
  wait: number;
}

/** Lambda's internal queue for asynchronous events. */
export class AsyncQueue {
  readonly deliveries: Delivery[] = [];
  readonly #clock: Clock;
  readonly #metrics: Metrics;
  readonly #invocations: Invocations;
  readonly #run: Run;
  readonly #arn: ArnOf;
  #waiting = 0;

  constructor(clock: Clock, metrics: Metrics, invocations: Invocations, run: Run, arn: ArnOf) {
    this.#clock = clock;
    this.#metrics = metrics;
    this.#invocations = invocations;
    this.#run = run;
    this.#arn = arn;
  }

  /** Accepts an event; it is handled at once where there is room. */
  accept(subject: FunctionState, qualifier: string | undefined, requestId: string, payload: unknown): void {
    const received = this.#clock.now();
    this.#metrics.add("AsyncEventsReceived", { FunctionName: subject.name }, received, 1);
    this.#attempt({ subject, qualifier, requestId, payload, received, calls: 0, wait: SECOND });
  }

  #attempt(event: Event): void {
    const now = this.#clock.now();
    if (event.subject.reserved === 0) {
      this.#drop(event, "ZeroReservedConcurrency");
      return;
    }
    if (now - event.received >= HIGHEST_AGE) {
      this.#drop(event, "EventAgeExceeded");
      return;
    }
    const admission = this.#invocations.start(event.subject, event.qualifier, now);
    if ("throttle" in admission) {
      this.#again(event);
      return;
    }
    event.calls++;
    this.#metrics.add("AsyncEventAge", { FunctionName: event.subject.name }, now, now - event.received);
    const { milliseconds, failed } = this.#run(event.subject);
    this.#clock.schedule(milliseconds, () => {
      admission.slot.release();
      if (!failed) return;
      if (event.calls >= ATTEMPTS) this.#drop(event, "RetriesExhausted");
      // One minute before the second call, two before the third.
      else this.#clock.schedule(event.calls * 60 * SECOND, () => this.#attempt(event));
    });
  }

  #again(event: Event): void {
    if (this.#waiting >= HIGHEST_WAITING) {
      this.#drop(event, "EventAgeExceeded");
      return;
    }
    const wait = event.wait;
    event.wait = Math.min(HIGHEST_WAIT, wait * 2);
    this.#waiting++;
    this.#clock.schedule(wait, () => {
      this.#waiting--;
      this.#attempt(event);
    });
  }

  #drop(event: Event, condition: string): void {
    const { subject, calls } = event;
    this.#metrics.add("AsyncEventsDropped", { FunctionName: subject.name }, this.#clock.now(), 1);
    if (subject.onFailure !== undefined) this.#deliver({ to: subject.onFailure, body: this.#record(event, condition) });
    if (subject.deadLetter === undefined) return;
    const attributes = {
      RequestID: event.requestId,
      ErrorCode: calls === 0 ? "429" : "200",
      ErrorMessage: calls === 0 ? "Rate Exceeded." : "The demo function failed.",
    };
    this.#deliver({ to: subject.deadLetter, body: event.payload, attributes });
  }

  #record(event: Event, condition: string): unknown {
    const { requestId, calls, payload } = event;
    const functionArn = this.#arn(event.subject.name, event.qualifier ?? "$LATEST");
    const responded =
      calls === 0
        ? {}
        : { responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" } };
    return {
      version: "1.0",
      timestamp: new Date(this.#clock.now()).toISOString(),
      requestContext: { requestId, functionArn, condition, approximateInvokeCount: calls },
      requestPayload: payload,
      ...responded,
    };
  }

  #deliver(delivery: Delivery): void {
    this.deliveries.push(delivery);
    if (this.deliveries.length > KEPT) this.deliveries.shift();
  }
}
