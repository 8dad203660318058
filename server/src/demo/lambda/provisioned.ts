import type { FunctionState, ProvisionedState } from "../account/state.ts";
import { checkProvisioned } from "../limits.ts";
import { invalidParameter, notFound, ServiceError, validation } from "../serviceError.ts";
import type { Call, Reply } from "../wire/call.ts";
import { lambdaTime, listReply } from "./listing.ts";
import { findFunction, functionName, hasQualifier } from "./names.ts";

/** Demo time until all environments are ready, in milliseconds. AWS takes minutes. */
const ALLOCATION = 4000;
const UNPUBLISHED = "Provisioned Concurrency Configs cannot be applied to unpublished function versions.";
const NOT_PUBLISHED = "The function resource provided must be an alias or a published version.";

/** `PutProvisionedConcurrencyConfig` */
export function putProvisionedConcurrency(call: Call): Reply {
  const { subject, qualifier } = target(call, UNPUBLISHED);
  const value = call.input.ProvisionedConcurrentExecutions;
  checkProvisioned(call.region.state, subject, qualifier, value);
  const now = call.region.clock.now();
  const known = subject.provisioned.find((config) => config.qualifier === qualifier);
  const config = known ?? { qualifier, requested: value, modified: now, readyAt: now };
  Object.assign(config, { requested: value, modified: now, readyAt: now + ALLOCATION });
  if (!known) subject.provisioned.push(config);
  call.changed();
  return { status: 202, body: describe(subject, config, now) };
}

/** `GetProvisionedConcurrencyConfig` */
export function getProvisionedConcurrency(call: Call): Reply {
  const { subject, qualifier } = target(call, NOT_PUBLISHED);
  const config = subject.provisioned.find((other) => other.qualifier === qualifier);
  if (config) return { body: describe(subject, config, call.region.clock.now()) };
  const message = "No Provisioned Concurrency Config found for this function";
  throw new ServiceError("ProvisionedConcurrencyConfigNotFoundException", 404, message, { Type: "User", message });
}

/** `DeleteProvisionedConcurrencyConfig`: succeeds also where there is none. */
export function deleteProvisionedConcurrency(call: Call): Reply {
  const { subject, qualifier } = target(call, NOT_PUBLISHED);
  subject.provisioned = subject.provisioned.filter((config) => config.qualifier !== qualifier);
  call.changed();
  return { status: 204 };
}

/** `ListProvisionedConcurrencyConfigs` */
export function listProvisionedConcurrency(call: Call): Reply {
  const subject = findFunction(call, functionName(call).name);
  const now = call.region.clock.now();
  return listReply(call, "ProvisionedConcurrencyConfigs", subject.provisioned, (config) => ({
    FunctionArn: call.region.arn(subject.name, config.qualifier),
    ...describe(subject, config, now),
  }));
}

function target(call: Call, unpublished: string): { readonly subject: FunctionState; readonly qualifier: string } {
  const { name, qualifier } = functionName(call);
  if (qualifier === undefined) throw validation("null", "qualifier", "Member must not be null");
  if (qualifier === "$LATEST") throw invalidParameter(unpublished);
  const subject = findFunction(call, name, `:${qualifier}`);
  if (hasQualifier(subject, qualifier)) return { subject, qualifier };
  if (/^\d+$/.test(qualifier)) throw notFound(`Function not found: ${call.region.arn(name, qualifier)}`);
  throw notFound(`Cannot find alias arn: ${call.region.arn(name, qualifier)}`);
}

function describe(
  { initFails = false }: FunctionState,
  { requested, modified, readyAt }: ProvisionedState,
  now: number,
): Record<string, unknown> {
  const ended = now >= readyAt;
  const available = ended && !initFails ? requested : 0;
  return {
    RequestedProvisionedConcurrentExecutions: requested,
    AllocatedProvisionedConcurrentExecutions: available,
    AvailableProvisionedConcurrentExecutions: available,
    Status: ended ? (initFails ? "FAILED" : "READY") : "IN_PROGRESS",
    ...(ended && initFails ? { StatusReason: "FUNCTION_ERROR_INIT_FAILURE" } : {}),
    LastModified: lambdaTime(modified),
  };
}
