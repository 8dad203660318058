import { GetFunctionConfigurationCommand, GetFunctionEventInvokeConfigCommand } from "@aws-sdk/client-lambda";
import type { FunctionDetails, LiveFunction, ReadingProblem } from "#core";
import { AccountError, type AccountErrorKind } from "../accountError.ts";
import { readFailure } from "../failure.ts";
import type { Session } from "../session.ts";
import { toAccountError } from "../toAccountError.ts";
import { type AccountLists, createAccountLists } from "./accountLists.ts";
import { callLambda } from "./callAws.ts";
import { mappingOf } from "./mapping.ts";
import { partProblem } from "./notOffered.ts";
import { listProvisioned } from "./provisioned.ts";
import { getFunction } from "./reservations.ts";
import { scalingTargetOf } from "./scalingTarget.ts";

/** Failures of one part that leave the others nothing to tell. */
const final: ReadonlySet<AccountErrorKind> = new Set(["cancelled", "changed", "expired", "noCredentials", "notFound"]);

/**
 * Reads what hangs on a function: provisioned concurrency, scaling targets, event source mappings, dead-letter queue or destination. A part
 * that may not be read is empty and has a problem with its action. Everything is read afresh, unless `lists` keeps targets and mappings
 * of the whole account for a while: then the next function costs three calls. Throws an `AccountError`: cancelled, expired, or `notFound`
 * when the function is gone.
 */
export async function readDetails(
  session: Session,
  { name }: Pick<LiveFunction, "name">,
  signal?: AbortSignal,
  lists: AccountLists = createAccountLists(session),
): Promise<FunctionDetails> {
  const readAt = new Date().toISOString();
  const problems: ReadingProblem[] = [];
  const part = async <T>(action: string, read: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await read();
    } catch (error) {
      const failure = toAccountError(signal?.aborted ? signal.reason : error, action);
      if (final.has(failure.kind)) throw failure;
      problems.push({ action: failure.action ?? action, message: partProblem(failure, action) });
      return otherwise;
    }
  };
  const [provisioned, targets, mappings, deadLetter] = await Promise.all([
    part("lambda:ListProvisionedConcurrencyConfigs", async () => await listProvisioned(session, name, signal), []),
    part("application-autoscaling:DescribeScalableTargets", async () => await lists.targets(signal), []),
    part("lambda:ListEventSourceMappings", async () => await lists.mappings(signal), []),
    part("lambda:GetFunction", async () => await readDeadLetter(session, name, signal), undefined),
  ]);
  return {
    readAt,
    provisioned,
    targets: targets.flatMap((entry) => scalingTargetOf(name, entry) ?? []),
    mappings: mappings.flatMap((entry) => mappingOf(name, entry) ?? []),
    ...(deadLetter === undefined ? {} : { deadLetter }),
    problems: problems.sort((a, b) => (a.action < b.action ? -1 : 1)),
  };
}

/**
 * Where asynchronous events go that a function did not process: its dead-letter queue, else its on-failure destination; undefined when it has
 * neither. GetFunction tells the queue, and where that is denied GetFunctionConfiguration. Throws an `AccountError`.
 */
async function readDeadLetter(
  session: Session,
  name: string,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  const queue = await deadLetterQueue(session, name, signal);
  return queue || (await onFailureDestination(session, name, signal)) || undefined;
}

async function deadLetterQueue(session: Session, name: string, signal: AbortSignal | undefined) {
  try {
    return (await getFunction(session, name, signal)).Configuration?.DeadLetterConfig?.TargetArn;
  } catch (error) {
    if (!(error instanceof AccountError) || error.kind !== "denied") throw error;
  }
  const command = new GetFunctionConfigurationCommand({ FunctionName: name });
  const operation = "GetFunctionConfiguration";
  const answer = await callLambda(session, operation, (sending) => session.lambda.send(command, sending), signal);
  return answer.DeadLetterConfig?.TargetArn;
}

async function onFailureDestination(session: Session, name: string, signal: AbortSignal | undefined) {
  const command = new GetFunctionEventInvokeConfigCommand({ FunctionName: name });
  const operation = "GetFunctionEventInvokeConfig";
  try {
    const answer = await callLambda(session, operation, (sending) => session.lambda.send(command, sending), signal);
    return answer.DestinationConfig?.OnFailure?.Destination;
  } catch (error) {
    if (error instanceof AccountError && hasNone(error)) return undefined;
    throw error;
  }
}

/** A function without such a configuration is "not found"; an endpoint that does not know the call has no destinations. */
function hasNone({ kind, cause }: AccountError): boolean {
  return kind === "notFound" || /^(?:UnknownOperation|NotImplemented)/.test(readFailure(cause).name);
}
