import { uuidOf } from "../uuid.ts";
import type { FunctionState, Identity, MappingState, RegionState, TrafficState } from "./state.ts";

/** One function in an account file. */
export interface FunctionEntry {
  readonly name: string;
  /** None: no reservation. */
  readonly reserved?: number;
  readonly runtime?: string;
  /** MB */
  readonly memory?: number;
  /** Seconds */
  readonly timeout?: number;
  readonly tags?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** How many versions are published: 1 … n. */
  readonly versions?: number;
  /** Version by name of the alias. */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Provisioned concurrency by version or alias. */
  readonly provisioned?: Readonly<Record<string, number>>;
  /** Scalable targets by version or alias. */
  readonly targets?: Readonly<Record<string, { readonly minimum: number; readonly maximum: number }>>;
  readonly mappings?: readonly {
    readonly source: string;
    readonly enabled?: boolean;
    readonly qualifier?: string;
    readonly batchSize?: number;
    readonly maximumConcurrency?: number;
    readonly parallelizationFactor?: number;
  }[];
  readonly deadLetter?: string;
  readonly onFailure?: string;
  readonly url?: boolean;
  /** Milliseconds */
  readonly duration?: { readonly median: number; readonly p95: number };
  readonly errorRate?: number;
  /** Provisioned concurrency of this function fails. */
  readonly initFails?: boolean;
  /** ARN of a capacity provider: the function runs on Managed Instances, outside the pool. */
  readonly capacityProvider?: string;
  readonly traffic?: Partial<TrafficState> & Pick<TrafficState, "requestsPerSecond">;
}

/** What an account file says; docs/demo-account.md explains it. */
export interface AccountFile {
  readonly account?: string;
  readonly alias?: string;
  readonly region?: string;
  readonly limit?: number;
  readonly floor?: number;
  /** Delay of each answer, in milliseconds of demo time. */
  readonly latency?: number;
  /** Faults, written as on the command line. */
  readonly faults?: readonly string[];
  readonly functions?: readonly FunctionEntry[];
  /** Adds this many functions without traffic, `function-0001` and so on. */
  readonly more?: number;
}

/** Who owns the account that a file describes. */
export function identityOf({ account = "123456789012", alias }: AccountFile): Identity {
  const arn = `arn:aws:iam::${account}:user/demo`;
  return { account, arn, userId: "AIDADEMODEMODEMODEMO", ...(alias === undefined ? {} : { alias }) };
}

/** The Region that a file describes, as it stands at a moment (milliseconds since 1970). */
export function regionOf(file: AccountFile, now: number): RegionState {
  const more = Array.from(
    { length: file.more ?? 0 },
    (_, index): FunctionEntry => ({
      name: `function-${String(index + 1).padStart(4, "0")}`,
    }),
  );
  const entries = [...(file.functions ?? []), ...more];
  return {
    region: file.region ?? "us-east-1",
    limit: file.limit ?? 1000,
    floor: file.floor ?? 100,
    functions: entries.map((entry) => functionOf(entry, now)),
    mappings: entries.flatMap((entry) => mappingsOf(entry, now)),
    targets: entries.flatMap(({ name, targets = {} }) =>
      Object.entries(targets).map(([qualifier, { minimum, maximum }]) => ({
        resourceId: `function:${name}:${qualifier}`,
        minimum,
        maximum,
        created: now,
        suspended: {
          DynamicScalingInSuspended: false,
          DynamicScalingOutSuspended: false,
          ScheduledScalingSuspended: false,
        },
      })),
    ),
    quotaRequests: [],
  };
}

function functionOf(entry: FunctionEntry, now: number): FunctionState {
  return {
    name: entry.name,
    reserved: entry.reserved ?? null,
    runtime: entry.runtime ?? "nodejs22.x",
    memory: entry.memory ?? 128,
    timeout: entry.timeout ?? 10,
    modified: now,
    tags: texts(entry.tags),
    environment: texts(entry.environment),
    versions: Array.from({ length: entry.versions ?? 0 }, (_, index) => ({ version: `${index + 1}`, published: now })),
    aliases: Object.entries(texts(entry.aliases)).map(([name, version]) => ({ name, version })),
    provisioned: Object.entries(entry.provisioned ?? {}).map(([qualifier, requested]) => ({
      qualifier,
      requested,
      modified: now,
      readyAt: now,
    })),
    ...(entry.deadLetter === undefined ? {} : { deadLetter: entry.deadLetter }),
    ...(entry.onFailure === undefined ? {} : { onFailure: entry.onFailure }),
    url: entry.url ?? false,
    duration: entry.duration ?? { median: 100, p95: 250 },
    errorRate: entry.errorRate ?? 0,
    ...(entry.initFails === undefined ? {} : { initFails: entry.initFails }),
    ...(entry.capacityProvider === undefined ? {} : { capacityProvider: entry.capacityProvider }),
    ...(entry.traffic === undefined
      ? {}
      : { traffic: { source: "invoke", swing: 0, periodSeconds: 600, ...entry.traffic } }),
  };
}

/** YAML reads `1` as a number; tags, variables and versions are texts. */
function texts(map: Readonly<Record<string, unknown>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, String(value ?? "")]));
}

function mappingsOf({ name, mappings = [] }: FunctionEntry, now: number): readonly MappingState[] {
  return mappings.map(({ source, enabled = true, batchSize = 10, ...rest }, index) => ({
    uuid: uuidOf(`mapping:${name}:${index}`),
    functionName: name,
    eventSourceArn: source,
    enabled,
    transition: "Creating",
    settledAt: now,
    modified: now,
    batchSize,
    ...rest,
  }));
}
