import type { AccountFile } from "./accountFile.ts";

type Kind = "boolean" | "count" | "list" | "map" | "number" | "text";

const accountMembers: Readonly<Record<string, Kind>> = {
  account: "text",
  alias: "text",
  region: "text",
  limit: "count",
  floor: "count",
  latency: "number",
  faults: "list",
  functions: "list",
  more: "count",
};

const functionMembers: Readonly<Record<string, Kind>> = {
  name: "text",
  reserved: "count",
  runtime: "text",
  memory: "count",
  timeout: "count",
  tags: "map",
  environment: "map",
  versions: "count",
  aliases: "map",
  provisioned: "map",
  targets: "map",
  mappings: "list",
  deadLetter: "text",
  onFailure: "text",
  url: "boolean",
  duration: "map",
  errorRate: "number",
  initFails: "boolean",
  capacityProvider: "text",
  traffic: "map",
};

const MOST_FUNCTIONS = 20_000;

/** Checks what was read from an account file. Gives the account, or one sentence that says what is wrong and where. */
export function checkAccount(value: unknown): AccountFile | string {
  if (!isMap(value)) return "An account file holds a map with limit, floor, functions and so on.";
  const wrong = firstWrong(value, accountMembers, "");
  if (wrong !== undefined) return wrong;
  if (value.account !== undefined && !/^\d{12}$/.test(String(value.account))) return "account has twelve digits.";
  if (Array.isArray(value.faults) && !value.faults.every((fault) => typeof fault === "string"))
    return "faults are texts such as throttle:GetFunction.";
  const functions = Array.isArray(value.functions) ? value.functions : [];
  if (functions.length + Number(value.more ?? 0) > MOST_FUNCTIONS)
    return `There are at most ${MOST_FUNCTIONS} functions.`;
  const names = new Set<string>();
  for (const [index, entry] of functions.entries()) {
    const problem = functionProblem(entry, `functions[${index}]`, names);
    if (problem !== undefined) return problem;
  }
  return value;
}

function functionProblem(entry: unknown, place: string, names: Set<string>): string | undefined {
  if (!isMap(entry)) return `${place} is a map with at least a name.`;
  const wrong = firstWrong(entry, functionMembers, `${place}.`);
  if (wrong !== undefined) return wrong;
  const name = String(entry.name ?? "");
  if (!/^[\w-]{1,64}$/.test(name)) return `${place}.name has 1 to 64 letters, digits, - and _.`;
  if (names.has(name)) return `${place}.name: ${name} is there twice.`;
  names.add(name);
  const duration = isMap(entry.duration) ? entry.duration : { median: 1, p95: 1 };
  if (!positive(duration.median) || !positive(duration.p95))
    return `${place}.duration has median and p95 in milliseconds.`;
  if (isMap(entry.provisioned) && !Object.values(entry.provisioned).every((value) => fits(value, "count")))
    return `${place}.provisioned has whole numbers.`;
  for (const [qualifier, target] of Object.entries(isMap(entry.targets) ? entry.targets : {})) {
    if (!isMap(target) || !fits(target.minimum, "count") || !fits(target.maximum, "count"))
      return `${place}.targets.${qualifier} has minimum and maximum, whole numbers.`;
  }
  if (isMap(entry.traffic) && !(typeof entry.traffic.requestsPerSecond === "number"))
    return `${place}.traffic has requestsPerSecond, a number.`;
  for (const [index, mapping] of (Array.isArray(entry.mappings) ? entry.mappings : []).entries()) {
    if (!isMap(mapping) || typeof mapping.source !== "string")
      return `${place}.mappings[${index}] has a source, an ARN.`;
  }
  return undefined;
}

function firstWrong(
  map: Readonly<Record<string, unknown>>,
  known: Readonly<Record<string, Kind>>,
  place: string,
): string | undefined {
  for (const [name, value] of Object.entries(map)) {
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    if (kind === undefined) return `${place}${name} is not known; there are ${Object.keys(known).join(", ")}.`;
    if (!fits(value, kind)) return `${place}${name} is ${words[kind]}.`;
  }
  return undefined;
}

const words: Readonly<Record<Kind, string>> = {
  boolean: "true or false",
  count: "a whole number from 0",
  list: "a list",
  map: "a map",
  number: "a number from 0",
  text: "a text",
};

function fits(value: unknown, kind: Kind): boolean {
  if (kind === "text") return typeof value === "string";
  if (kind === "boolean") return typeof value === "boolean";
  if (kind === "list") return Array.isArray(value);
  if (kind === "map") return isMap(value);
  if (typeof value !== "number" || !(value >= 0) || !Number.isFinite(value)) return false;
  return kind === "number" || Number.isInteger(value);
}

function positive(value: unknown): boolean {
  return typeof value === "number" && value > 0 && Number.isFinite(value);
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
