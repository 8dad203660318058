import type { Bucket } from "../rateLimiter.ts";
import type { Session } from "../session.ts";
import { toAccountError } from "../toAccountError.ts";

/** What the SDK takes beside a command. */
export interface Sending {
  readonly abortSignal?: AbortSignal;
}

/** Makes a call and turns its failure into an `AccountError` that names the action, such as `tag:GetResources`. */
export async function callAws<T>(
  action: string,
  call: (sending: Sending) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  try {
    signal?.throwIfAborted();
    return await call(signal === undefined ? {} : { abortSignal: signal });
  } catch (error) {
    throw toAccountError(signal?.aborted ? signal.reason : error, action);
  }
}

/**
 * Makes a call that reads from Lambda, within the rate budget. `operation` is its name. the rate limiter of the session makes it again where that may help.
 * Throws an `AccountError`.
 */
export async function callLambda<T>(
  session: Session,
  operation: string,
  call: (sending: Sending) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  const bucket: Bucket = operation === "GetFunction" ? "getFunction" : "other";
  return await callAws(
    `lambda:${operation}`,
    (sending) => session.rateLimiter.run(bucket, () => call(sending), signal),
    signal,
  );
}
