import { type FunctionState, provisionedSum, type RegionState, taken, unreserved } from "../account/state.ts";
import type { ThrottleReason } from "../serviceError.ts";
import { type Bucket, tokenBucket } from "./bucket.ts";
import type { Metrics } from "./metrics.ts";

/** Requests per second that one unit of concurrency may serve. */
const REQUESTS_PER_UNIT = 10;
/** New environments per second for one function; what flows in during ten seconds may be used at once. */
const SCALING_PER_SECOND = 100;
const SCALING_SECONDS = 10;
/** Idle environments are gone after this time, in milliseconds. AWS does not say when. */
const KEPT_IDLE = 600_000;

/** An execution environment in use; `release` gives it back, once. */
export interface Slot {
  readonly provisioned: boolean;
  release(): void;
}

/** What an attempt to start an invocation comes to. */
export type Admission = { readonly slot: Slot } | { readonly throttle: ThrottleReason };

interface Use {
  onDemand: number;
  /** Environments on demand that exist, busy or idle. */
  environments: number;
  last: number;
  readonly provisioned: Map<string, number>;
  readonly rate: Bucket;
  readonly scaling: Bucket;
}

/** Hands out execution environments as Lambda does: provisioned first, then the reservation, or else the common pool. */
export class Invocations {
  readonly #state: RegionState;
  readonly #metrics: Metrics;
  readonly #uses = new Map<string, Use>();
  readonly #poolRate = tokenBucket();
  #allocated: { readonly at: number; readonly sum: number } | undefined;
  #pool = 0;
  #total = 0;

  constructor(state: RegionState, metrics: Metrics) {
    this.#state = state;
    this.#metrics = metrics;
  }

  /** Invocations of a function that run now. */
  running(name: string): number {
    const use = this.#uses.get(name);
    return use ? [...use.provisioned.values()].reduce((sum, count) => sum + count, use.onDemand) : 0;
  }

  /** Tries to start an invocation at a moment (milliseconds of demo time) and counts it in the metrics. */
  start(subject: FunctionState, qualifier: string | undefined, now: number): Admission {
    const use = this.#use(subject.name);
    const reason = this.#refusal(subject, use, qualifier, now);
    if (reason !== undefined) {
      for (const dimensions of [{}, { FunctionName: subject.name }]) this.#metrics.add("Throttles", dimensions, now, 1);
      return { throttle: reason };
    }
    const slot = this.#take(subject, use, qualifier, now);
    this.#count(subject, qualifier, slot.provisioned, now);
    return { slot };
  }

  /** What all functions have taken; worked out once per moment, because many invocations start in the same. */
  #allocatedAt(now: number): number {
    if (this.#allocated?.at === now) return this.#allocated.sum;
    const sum = this.#state.functions.reduce((total, subject) => total + taken(subject), 0);
    this.#allocated = { at: now, sum };
    return sum;
  }

  #use(name: string): Use {
    const known = this.#uses.get(name);
    if (known) return known;
    const made: Use = {
      onDemand: 0,
      environments: 0,
      last: 0,
      provisioned: new Map(),
      rate: tokenBucket(),
      scaling: tokenBucket(SCALING_SECONDS),
    };
    this.#uses.set(name, made);
    return made;
  }

  #refusal(subject: FunctionState, use: Use, qualifier: string | undefined, now: number): ThrottleReason | undefined {
    if (subject.capacityProvider !== undefined) return undefined;
    const warm = hasFree(subject, use, qualifier, now);
    if (subject.reserved !== null) {
      const onDemand = subject.reserved - provisionedSum(subject);
      if (!warm && use.onDemand >= onDemand) return "ReservedFunctionConcurrentInvocationLimitExceeded";
      if (!use.rate(now, subject.reserved * REQUESTS_PER_UNIT)) return "ReservedFunctionInvocationRateLimitExceeded";
      return warm || scales(use, now) ? undefined : "ReservedFunctionConcurrentInvocationLimitExceeded";
    }
    const pool = unreserved(this.#state);
    if (warm) return undefined;
    if (this.#pool >= pool) return "ConcurrentInvocationLimitExceeded";
    if (!this.#poolRate(now, pool * REQUESTS_PER_UNIT)) return "FunctionInvocationRateLimitExceeded";
    return scales(use, now) ? undefined : "ConcurrentInvocationLimitExceeded";
  }

  #take(subject: FunctionState, use: Use, qualifier: string | undefined, now: number): Slot {
    const provisioned = qualifier !== undefined && hasFree(subject, use, qualifier, now);
    const pooled = !provisioned && subject.reserved === null && subject.capacityProvider === undefined;
    const change = (by: 1 | -1) => {
      if (provisioned) use.provisioned.set(qualifier, (use.provisioned.get(qualifier) ?? 0) + by);
      else use.onDemand += by;
      use.environments = Math.max(use.environments, use.onDemand);
      if (pooled) this.#pool += by;
      this.#total += by;
    };
    change(1);
    let held = true;
    return {
      provisioned,
      release() {
        if (held) change(-1);
        held = false;
      },
    };
  }

  #count(subject: FunctionState, qualifier: string | undefined, provisioned: boolean, now: number): void {
    const metrics = this.#metrics;
    const byName = { FunctionName: subject.name };
    for (const dimensions of [{}, byName]) metrics.add("Invocations", dimensions, now, 1);
    metrics.add("ConcurrentExecutions", byName, now, this.running(subject.name));
    metrics.add("ConcurrentExecutions", {}, now, this.#total);
    metrics.add("UnreservedConcurrentExecutions", {}, now, this.#pool);
    metrics.add("ClaimedAccountConcurrency", {}, now, this.#pool + this.#allocatedAt(now));
    const config = subject.provisioned.find((other) => other.qualifier === qualifier);
    if (config === undefined) return;
    const byQualifier = { ...byName, Resource: `${subject.name}:${config.qualifier}` };
    const inUse = this.#use(subject.name).provisioned.get(config.qualifier) ?? 0;
    metrics.add("ProvisionedConcurrentExecutions", byQualifier, now, inUse);
    metrics.add("ProvisionedConcurrencyUtilization", byQualifier, now, inUse / config.requested);
    const name = provisioned ? "ProvisionedConcurrencyInvocations" : "ProvisionedConcurrencySpilloverInvocations";
    metrics.add(name, byQualifier, now, 1);
  }
}

/** Is an environment idle, or may one more be started? */
function scales(use: Use, now: number): boolean {
  if (now - use.last > KEPT_IDLE) use.environments = use.onDemand;
  use.last = now;
  return use.onDemand < use.environments || use.scaling(now, SCALING_PER_SECOND);
}

/** Has the qualifier an environment that is ready and idle? */
function hasFree(subject: FunctionState, use: Use, qualifier: string | undefined, now: number): boolean {
  const config = subject.provisioned.find((other) => other.qualifier === qualifier);
  if (config === undefined || config.readyAt > now || subject.initFails === true) return false;
  return (use.provisioned.get(config.qualifier) ?? 0) < config.requested;
}
