import { isServerError, isTransientError } from "@smithy/core/retry";
import type { MiddlewareStack, SdkError } from "@smithy/types";
import { readFailure } from "./failure.ts";
import { networkAdvice } from "./networkError.ts";

interface Client {
  // biome-ignore lint/suspicious/noExplicitAny: every client has types of its own here.
  readonly middlewareStack: MiddlewareStack<any, any>;
}

const mark = Symbol("a read that may be made again");

/** Makes a client mark the errors of calls that only read and may succeed if made again. */
export function markRepeatable(client: Client): void {
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        try {
          return await next(args);
        } catch (error) {
          if (error instanceof Error && /^(Get|List)/.test(commandName ?? "") && passes(error))
            Object.defineProperty(error, mark, { value: true });
          throw error;
        }
      },
    { step: "initialize", name: "markRepeatable" },
  );
}

/** Was this error marked? */
export function isRepeatable(error: unknown): boolean {
  return error instanceof Error && mark in error;
}

/** A failure of the server or of the way there, which the next attempt may not meet. A time-out has taken long enough already. */
function passes(error: Error): boolean {
  const failure = readFailure(error);
  if (failure.status === 501 || networkAdvice(failure)?.[0] === "timeout") return false;
  return isTransientError(error as SdkError) || isServerError(error as SdkError);
}
