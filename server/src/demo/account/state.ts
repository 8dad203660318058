/** A version with a number of a function. */
export interface VersionState {
  readonly version: string;
  readonly published: number;
}

/** An alias; `version` is a number or `$LATEST`. */
export interface AliasState {
  readonly name: string;
  version: string;
}

/** Provisioned concurrency of a version or an alias. */
export interface ProvisionedState {
  readonly qualifier: string;
  requested: number;
  /** Demo time of the last change, in milliseconds since 1970. */
  modified: number;
  /** Demo time from which the environments can be used, or at which the attempt is given up. */
  readyAt: number;
}

/** The requests that the traffic generator sends to a function. */
export interface TrafficState {
  /** On average. */
  requestsPerSecond: number;
  /** `mapping`: only while an event source mapping is enabled. `async`: through Lambda's internal queue. */
  source: "invoke" | "async" | "mapping";
  /** From 0 (even) to 1: how far the rate swings around its average. */
  swing: number;
  /** Length of one swing. */
  periodSeconds: number;
  /** Version or alias that is called; none for `$LATEST`. */
  qualifier?: string;
}

/** A function and what belongs to it alone. */
export interface FunctionState {
  readonly name: string;
  /** `null`: none. 0 is a reservation of its own kind: switched off. */
  reserved: number | null;
  runtime: string;
  memory: number;
  timeout: number;
  /** Milliseconds since 1970. */
  modified: number;
  tags: Record<string, string>;
  environment: Record<string, string>;
  versions: VersionState[];
  aliases: AliasState[];
  provisioned: ProvisionedState[];
  /** ARN of the dead-letter queue or topic. */
  deadLetter?: string;
  /** ARN of the on-failure destination of asynchronous events. */
  onFailure?: string;
  /** Has it a function URL? */
  url: boolean;
  /** How long invocations take, in milliseconds. */
  duration: { median: number; p95: number };
  /** Share of invocations that fail, from 0 to 1. */
  errorRate: number;
  /** Does its start-up code fail, so that provisioned concurrency is never ready? */
  initFails?: boolean;
  /** ARN of the capacity provider of a function on Managed Instances, which takes nothing from the pool. */
  capacityProvider?: string;
  traffic?: TrafficState;
}

/** An event source mapping. */
export interface MappingState {
  readonly uuid: string;
  readonly functionName: string;
  readonly qualifier?: string;
  readonly eventSourceArn: string;
  enabled: boolean;
  /** What `State` says until `settledAt`. */
  transition: "Creating" | "Disabling" | "Enabling" | "Updating";
  settledAt: number;
  modified: number;
  batchSize: number;
  /** Queues only; none for no bound. */
  maximumConcurrency?: number;
  /** Streams only. */
  parallelizationFactor?: number;
}

/** A scalable target of Application Auto Scaling. */
export interface ScalableTargetState {
  /** `function:NAME:ALIAS` */
  readonly resourceId: string;
  minimum: number;
  maximum: number;
  readonly created: number;
  suspended: {
    DynamicScalingInSuspended: boolean;
    DynamicScalingOutSuspended: boolean;
    ScheduledScalingSuspended: boolean;
  };
}

/** A request to raise a quota. */
export interface QuotaRequestState {
  readonly id: string;
  readonly desired: number;
  readonly created: number;
  /** Demo time of the last change of the status. */
  updated?: number;
  /** May a support case be opened for it? Default: yes. */
  readonly caseAllowed?: boolean;
  status: string;
}

/** Everything one Region of the account holds: plain data, the content of the state file. */
export interface RegionState {
  readonly region: string;
  limit: number;
  floor: number;
  functions: FunctionState[];
  mappings: MappingState[];
  targets: ScalableTargetState[];
  quotaRequests: QuotaRequestState[];
}

/** Who owns the account. */
export interface Identity {
  /** Twelve digits. */
  account: string;
  alias?: string;
  /** Who calls. */
  arn: string;
  userId: string;
}

/** Sum of a function's provisioned concurrency over its qualifiers. */
export function provisionedSum(subject: FunctionState, except?: string): number {
  return subject.provisioned.reduce((sum, { qualifier, requested }) => sum + (qualifier === except ? 0 : requested), 0);
}

/** What a function takes out of the account's pool: its reservation, or else its provisioned concurrency; nothing on Managed Instances. */
export function taken(subject: FunctionState): number {
  if (subject.capacityProvider !== undefined) return 0;
  return subject.reserved ?? provisionedSum(subject);
}

/** What no function has taken: `UnreservedConcurrentExecutions` of GetAccountSettings. */
export function unreserved(state: RegionState): number {
  return state.functions.reduce((rest, subject) => rest - taken(subject), state.limit);
}

/** A Region without functions. */
export function emptyRegion(region: string, limit: number, floor: number): RegionState {
  return { region, limit, floor, functions: [], mappings: [], targets: [], quotaRequests: [] };
}
