/** What of an account matters most, so that it is read before the rest. */
export interface ReadFirst {
  /** Names of functions that files declare. */
  readonly names: readonly string[];
  /** How names begin that CloudFormation makes up for functions that files declare: `orders-prod-Ingest-`. */
  readonly beginnings: readonly string[];
}

/** Of functions that files declare, by FunctionName where they have one, else by `stack/LogicalId` (nested: `stack/Child/LogicalId`). */
export function readFirst(declared: Iterable<{ readonly name?: unknown; readonly key: string }>): ReadFirst {
  const names = new Set<string>();
  const beginnings = new Set<string>();
  for (const { name, key } of declared) {
    if (typeof name === "string") names.add(name);
    else if (!key.includes("*")) beginnings.add(beginningOf(key));
  }
  return { names: [...names], beginnings: [...beginnings] };
}

/** What CloudFormation makes up behind a nested stack's logical id stands before that of the function. */
function beginningOf(key: string): string {
  const [stack = "", first = ""] = key.split("/");
  return `${stack}-${first}-`;
}
