import { AccountError } from "./accountError.ts";
import { firstOf } from "./invalidMember.ts";

/** Whose answers are expected. */
export interface Expected {
  /** What IAM calls the service: `lambda`. */
  readonly service: string;
  readonly region: string;
  /** Undefined while nobody knows yet. */
  readonly account: () => string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** What an operation is about, and the members without which nothing is said of it. */
interface Subject {
  readonly entries: (output: Fields) => unknown;
  readonly needs: readonly string[];
}

const whole = (...needs: readonly string[]): Subject => ({ entries: (output) => [output], needs });
const each = (list: string, ...needs: readonly string[]): Subject => ({ entries: (output) => output[list], needs });

const subjects: Readonly<Record<string, Subject>> = {
  DescribeScalableTargets: each("ScalableTargets", "ResourceId", "MinCapacity", "MaxCapacity"),
  GetEventSourceMapping: whole("UUID", "State"),
  GetFunction: { entries: ({ Configuration }) => [Configuration ?? {}], needs: ["FunctionArn"] },
  GetFunctionConfiguration: whole("FunctionArn"),
  GetFunctionEventInvokeConfig: whole("FunctionArn"),
  GetProvisionedConcurrencyConfig: whole("RequestedProvisionedConcurrentExecutions"),
  GetResources: each("ResourceTagMappingList", "ResourceARN"),
  ListEventSourceMappings: each("EventSourceMappings", "UUID"),
  ListFunctions: each("Functions", "FunctionName", "FunctionArn"),
  ListProvisionedConcurrencyConfigs: each(
    "ProvisionedConcurrencyConfigs",
    "FunctionArn",
    "RequestedProvisionedConcurrentExecutions",
  ),
};

/** What is missing, or about something else than was asked for, as a phrase. Throws where a function belongs to another account. */
export function subjectMismatch(
  operation: string,
  input: Fields,
  output: Fields,
  expected: Expected,
): string | undefined {
  const subject = subjects[operation];
  const entries = subject?.entries(output);
  if (subject === undefined || !Array.isArray(entries)) return undefined;
  return firstOf(entries, (entry: Fields) => {
    const missing = subject.needs.find((name) => entry[name] === undefined || entry[name] === null);
    if (missing !== undefined) return `it has no ${missing}`;
    if (input.UUID !== undefined && entry.UUID !== input.UUID) return `it is not about the mapping ${input.UUID}`;
    return subject.needs.includes("FunctionArn") ? otherFunction(entry, input, expected) : undefined;
  });
}

function otherFunction(
  { FunctionArn: arn, FunctionName: name }: Fields,
  input: Fields,
  { region, account }: Expected,
): string | undefined {
  const parts = /^arn:[\w-]+:lambda:([\w-]+):(\d{12}):function:([\w-][\w.-]*)(?::|$)/.exec(String(arn));
  if (parts === null) return "its FunctionArn is none";
  const asked = typeof input.FunctionName === "string" ? input.FunctionName.split(":function:").at(-1) : undefined;
  const [, itsRegion, owner = "", own] = parts;
  const expectedOwner = account();
  if (expectedOwner !== undefined && owner !== expectedOwner) throw exchanged(expectedOwner, owner);
  if (itsRegion !== region) return `it is about a function in ${itsRegion}, not in ${region}`;
  const wanted = asked ?? name;
  return own === wanted ? undefined : `it is about the function ${own}, not about ${asked ?? "the one it names"}`;
}

function exchanged(account: string, owner: string): AccountError {
  const message = `Connected to account ${account}, but Lambda answers for account ${owner}: the credentials were exchanged. Connect again.`;
  return new AccountError("changed", message);
}
