import { setTimeout as sleep } from "node:timers/promises";
import type { AccountError } from "../accountError.ts";
import { readFailure } from "../failure.ts";
import type { Bucket } from "../pace.ts";
import type { Session } from "../session.ts";
import { toAccountError } from "../toAccountError.ts";

const ATTEMPTS = 3;
const FIRST_PAUSE = 100;

/** What the SDK takes beside a command. */
export interface Sending {
  readonly abortSignal?: AbortSignal;
}

/** Makes a call and turns its failure into an `AccountError` that names the action, such as `tag:GetResources`. */
export async function ask<T>(
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
 * Makes a call that reads from Lambda, within the rate budget. `operation` is its name. When the connection was cut or Lambda failed with an
 * error of its own it is made up to three times; throws an `AccountError` then.
 */
export async function askLambda<T>(
  session: Session,
  operation: string,
  call: (sending: Sending) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  const bucket: Bucket = operation === "GetFunction" ? "getFunction" : "other";
  const paced = (sending: Sending) => session.pace.run(bucket, () => call(sending), signal);
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask(`lambda:${operation}`, paced, signal);
    } catch (error) {
      const failure = toAccountError(error);
      if (attempt >= ATTEMPTS || !isPassing(failure)) throw failure;
      // Calls that failed together should not come back together.
      const pause = FIRST_PAUSE * 2 ** attempt * Math.random();
      await ask(`lambda:${operation}`, async () => await sleep(pause, undefined, signal ? { signal } : {}), signal);
    }
  }
}

/** May the same call succeed a moment later? A time-out has taken long enough already. */
function isPassing({ kind, cause }: AccountError): boolean {
  const { status = 0 } = readFailure(cause);
  return kind === "offline" || (kind === "failed" && status >= 500 && status !== 501);
}
