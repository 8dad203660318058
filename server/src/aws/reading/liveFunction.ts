import type { FunctionConfiguration, GetFunctionCommandOutput } from "@aws-sdk/client-lambda";
import { type LiveFunction, owedTo } from "#core";
import { decodeKillTags } from "../record/killTags.ts";

/** The tag that CloudFormation puts on what a stack deploys. */
export const stackNameTag = "aws:cloudformation:stack-name";

const LOGICAL_ID = "aws:cloudformation:logical-id";
const OWN_TAGS = "lambda-concurrency:";

/** What is known of a function that was only listed. */
export const NOT_READ = "not read yet";

/**
 * The function of an entry in a list; undefined when it has no name or ARN. Everything that is not a member of `LiveFunction` is left
 * behind here, above all the environment variables.
 */
export function listedFunction(entry: FunctionConfiguration): LiveFunction | undefined {
  const { FunctionName: name, FunctionArn: arn } = entry;
  if (name === undefined || arn === undefined) return undefined;
  return { name, arn, reserved: { unknown: NOT_READ }, ...configured(entry) };
}

/** The function that GetFunction describes; its reservation is `null` when none is shown. The code's URL and foreign tags are left behind. */
export function describedFunction(
  listed: LiveFunction,
  answer: GetFunctionCommandOutput,
  readAt: string,
): LiveFunction {
  const { name } = listed;
  const arn = answer.Configuration?.FunctionArn ?? listed.arn;
  const reserved = answer.Concurrency?.ReservedConcurrentExecutions ?? null;
  return { name, arn, reserved, ...configured(answer.Configuration ?? {}), ...ownTags(answer.Tags), readAt };
}

/** The function without the tags of a kill that is known to be closed. */
export function withoutClosed(live: LiveFunction, closed: ReadonlySet<string> = new Set()): LiveFunction {
  const { arn, killTags, owed: _, ...rest } = live;
  const kill = killTags && decodeKillTags(killTags, arn);
  return kill?.kind === "record" && closed.has(kill.record.id) ? { ...rest, arn } : live;
}

/** The function with what a restore will take, by the record of a kill in its tags. */
export function withOwed(live: LiveFunction): LiveFunction {
  const { arn, reserved, killTags } = live;
  const kill = killTags && decodeKillTags(killTags, arn);
  if (kill?.kind !== "record" || (typeof reserved === "object" && reserved !== null)) return live;
  return { ...live, owed: owedTo(kill.record.before, reserved) };
}

/** What this product needs of a function's tags: the stack it belongs to, and the product's own. */
export function ownTags(tags: Readonly<Record<string, string>> = {}): Pick<LiveFunction, "stack" | "killTags"> {
  const stack = tags[stackNameTag];
  const logicalId = tags[LOGICAL_ID];
  const own = Object.entries(tags).filter(([key]) => key.startsWith(OWN_TAGS));
  return {
    ...(stack === undefined || logicalId === undefined ? {} : { stack: { name: stack, logicalId } }),
    ...(own.length === 0 ? {} : { killTags: Object.fromEntries(own) }),
  };
}

function configured(entry: FunctionConfiguration): Partial<LiveFunction> {
  const { Runtime, Timeout, MemorySize, Architectures: [architecture] = [], CapacityProviderConfig } = entry;
  return {
    ...(CapacityProviderConfig === undefined ? {} : { outsidePool: "runs on Managed Instances" }),
    ...(Runtime === undefined ? {} : { runtime: Runtime }),
    ...(Timeout === undefined ? {} : { timeout: Timeout }),
    ...(MemorySize === undefined ? {} : { memory: MemorySize }),
    ...(architecture === "x86_64" || architecture === "arm64" ? { architecture } : {}),
  };
}
