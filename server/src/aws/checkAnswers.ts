import type { MiddlewareStack } from "@smithy/types";
import { AccountError } from "./accountError.ts";
import { firstOf, nonsenseIn } from "./sense.ts";
import { notTheService, serviceOf } from "./toAccountError.ts";

interface Client {
  // biome-ignore lint/suspicious/noExplicitAny: every client has types of its own here.
  readonly middlewareStack: MiddlewareStack<any, any>;
}

/** Whose answers are expected. */
export interface Expected {
  /** What IAM calls the service: `lambda`. */
  readonly service: string;
  readonly region: string;
  /** Undefined while nobody knows yet. */
  readonly account: () => string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Makes a client throw an `AccountError` instead of handing on what its service cannot have answered: other data than the API's, numbers
 * that count nothing, or a function of another name, Region or account than was asked for. Every call to AWS passes here, whoever makes it.
 */
export function checkAnswers(client: Client, expected: Expected): void {
  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      async (args) => {
        const operation = commandName.replace(/Command$/, "");
        const action = `${expected.service}:${operation}`;
        const result = await next(args).catch((error: unknown) => {
          throw unusable(error, action);
        });
        if (typeof result.output !== "object" || result.output === null)
          throw new AccountError("failed", notTheService(action), { action });
        const wrong = nonsenseIn(result.output) ?? otherThings(operation, args.input, result.output, expected);
        if (wrong !== undefined) throw senseless(action, wrong);
        return result;
      },
    { step: "initialize", name: "checkAnswers" },
  );
}

/** The error of a call, with its action where the transport gave up, and in words where the SDK stumbled over the answer. */
function unusable(error: unknown, action: string): unknown {
  if (error instanceof TypeError && "$response" in error)
    return new AccountError("failed", notTheService(action), { action });
  if (!(error instanceof AccountError) || error.action !== undefined) return error;
  if (error.kind !== "timeout" && error.kind !== "failed") return error;
  return new AccountError(error.kind, error.message, { action });
}

/** An answer that makes no sense, `what` being a phrase. */
export function senseless(action: string, what: string): AccountError {
  const operation = action.split(":")[1];
  const message = `${serviceOf(action)} answered ${operation} with what makes no sense: ${what}. Check the endpoint and the proxy.`;
  return new AccountError("failed", message, { action });
}

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
function otherThings(operation: string, input: Fields, output: Fields, expected: Expected): string | undefined {
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
