import type { FunctionState } from "../account/state.ts";
import { invalidParameter, notFound, ServiceError, validation } from "../serviceError.ts";
import type { Call } from "../wire/call.ts";

/** A function's name in a path, taken apart. */
export interface FunctionName {
  readonly name: string;
  /** Behind the name's colon, or in the query. */
  readonly qualifier?: string;
}

const QUALIFIED =
  "This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.";

/** Reads a name, a partial ARN or an ARN. Throws Lambda's answer to an ARN of another Region or account. */
export function functionName(call: Call, given = call.path.FunctionName ?? ""): FunctionName {
  const match = /^(?:(?:arn:(?:aws[\w-]*):lambda:([\w-]+):)?(?:(\d{12}):)?function:)?([\w-]+)(?::(\$?[\w.-]+))?$/.exec(
    given,
  );
  const [, region, account, name = "", behind] = match ?? [];
  if (name === "" || name.length > 64)
    throw validation(
      given,
      "functionName",
      "Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?",
    );
  const here = call.region.state.region;
  if (region !== undefined && region !== here)
    throw notFound(`Functions from '${region}' are not reachable in this region ('${here}')`);
  if (account !== undefined && account !== call.identity.account) throw foreign(call, given);
  const asked = call.query.get("Qualifier") ?? undefined;
  if (asked !== undefined && behind !== undefined && asked !== behind)
    throw invalidParameter("The derived qualifier from the function name does not match the specified qualifier.");
  const qualifier = asked ?? behind;
  return qualifier === undefined ? { name } : { name, qualifier };
}

/** The function of a name that must have no qualifier. `suffix` ends the ARN in the text about an unknown function. */
export function unqualifiedFunction(call: Call, suffix = ""): FunctionState {
  const { name, qualifier } = functionName(call);
  if (qualifier !== undefined) throw invalidParameter(QUALIFIED);
  return findFunction(call, name, suffix);
}

/** The function of this name. */
export function findFunction(call: Call, name: string, suffix = ""): FunctionState {
  const subject = call.region.state.functions.find((known) => known.name === name);
  if (subject) return subject;
  throw notFound(`Function not found: ${call.region.arn(name)}${suffix}`);
}

/** Has the function this version or alias? */
export function hasQualifier(subject: FunctionState, qualifier: string): boolean {
  if (qualifier === "$LATEST") return true;
  return (
    subject.versions.some(({ version }) => version === qualifier) ||
    subject.aliases.some(({ name }) => name === qualifier)
  );
}

function foreign(call: Call, resource: string): ServiceError {
  const message = `User: ${call.identity.arn} is not authorized to perform an action on resource: ${resource} because no resource-based policy allows it`;
  return new ServiceError("AccessDeniedException", 403, message, { Message: message });
}
