import { GetFunctionConfigurationCommand, GetFunctionEventInvokeConfigCommand } from "@aws-sdk/client-lambda";
import { AccountError } from "../accountError.ts";
import { readFailure } from "../failure.ts";
import type { Session } from "../session.ts";
import { callLambda } from "./callAws.ts";
import { getFunction } from "./reservations.ts";

/**
 * Where asynchronous events go that a function did not process: its dead-letter queue, else its on-failure destination; undefined when it has
 * neither. GetFunction tells the queue, and where that is denied GetFunctionConfiguration. Throws an `AccountError`.
 */
export async function readDeadLetter(
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
