/** What a member of an answer is, wherever it stands: these names mean the same in every service that is called. */
type Kind = "count" | "flag" | "list" | "structure" | "tags" | "text" | "times" | "values";

const named = (kind: Kind, ...names: readonly string[]) => names.map((name) => [name, kind] as const);

const kinds: ReadonlyMap<string, Kind> = new Map([
  ...named("count", "ConcurrentExecutions", "UnreservedConcurrentExecutions", "FunctionCount"),
  ...named("count", "ReservedConcurrentExecutions", "RequestedProvisionedConcurrentExecutions"),
  ...named("count", "AllocatedProvisionedConcurrentExecutions", "MinCapacity", "MaxCapacity", "BatchSize"),
  ...named("count", "MaximumConcurrency", "ParallelizationFactor", "Timeout", "MemorySize"),
  ...named("flag", "DynamicScalingInSuspended", "DynamicScalingOutSuspended", "ScheduledScalingSuspended"),
  ...named("list", "Functions", "EventSourceMappings", "ProvisionedConcurrencyConfigs", "ScalableTargets"),
  ...named("list", "ResourceTagMappingList", "MetricDataResults", "AccountAliases"),
  ...named("structure", "AccountLimit", "AccountUsage", "Configuration", "Concurrency", "Code", "ScalingConfig"),
  ...named("structure", "SuspendedState", "DestinationConfig", "OnFailure", "DeadLetterConfig"),
  ...named("structure", "SelfManagedEventSource", "CapacityProviderConfig", "TagsError"),
  ...named("tags", "Tags"),
  ...named("text", "Account", "Arn", "FunctionName", "FunctionArn", "UUID", "ResourceId", "ResourceARN", "Runtime"),
  ...named("text", "EventSourceArn", "State", "Status", "StatusReason", "StatusCode", "TargetArn", "Destination"),
  ...named("text", "Location", "NextMarker", "NextToken", "PaginationToken", "Id", "Key", "Value"),
  ...named("times", "Timestamps"),
  ...named("values", "Values"),
]);

/** Lambda's whole numbers have 32 bits. */
const HIGHEST = 2 ** 31 - 1;
/** Members with members of their own. All others are left alone: variables and tags have whatever names somebody gave them. */
const inner: ReadonlySet<Kind> = new Set(["list", "structure"]);

/** What in an answer no AWS service sends, as a phrase: `ReservedConcurrentExecutions is -7`; undefined where there is nothing of the kind. */
export function invalidMember(answer: object): string | undefined {
  return firstOf(Object.entries(answer), ([name, value]) => {
    const kind = kinds.get(name);
    if (kind === undefined || value === undefined || value === null) return undefined;
    if (!is[kind](value)) return `${name} is ${shown(value)}`;
    if (!inner.has(kind) && !Array.isArray(value)) return undefined;
    return Array.isArray(value) ? firstOf(value, invalidItem) : invalidMember(value);
  });
}

function invalidItem(item: unknown): string | undefined {
  if (item === undefined || item === null) return "a list holds null";
  return isStructure(item) ? invalidMember(item) : undefined;
}

/** Is it a number that can count executions? */
export function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= HIGHEST;
}

const isStructure = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown) => typeof value === "string";

const is: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  count: isCount,
  flag: (value) => typeof value === "boolean",
  list: Array.isArray,
  structure: isStructure,
  // The tagging API writes a list of keys and values, Lambda a map.
  tags: (value) => Array.isArray(value) || (isStructure(value) && Object.values(value).every(isText)),
  text: isText,
  times: (value) =>
    Array.isArray(value) && value.every((time) => time instanceof Date && !Number.isNaN(time.getTime())),
  values: (value) => Array.isArray(value) && value.every((number) => Number.isFinite(number) && Number(number) >= 0),
};

/** What a check says of the first item that it says something of. */
export function firstOf<T>(items: readonly T[], check: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = check(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Short, and without anything that a terminal could take for an order. */
function shown(value: unknown): string {
  if (typeof value === "string") return `the text ${JSON.stringify(value.slice(0, 20))}`;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return Array.isArray(value) ? "a list of something else" : "something else";
}
