import { isServerError, isTransientError } from "@smithy/core/retry";
import type { MiddlewareStack, SdkError } from "@smithy/types";
import { AccountError } from "./accountError.ts";
import { readFailure } from "./failure.ts";
import { expiredSentence, isExpired } from "./toAccountError.ts";

interface Client {
  // biome-ignore lint/suspicious/noExplicitAny: every client has types of its own here.
  readonly middlewareStack: MiddlewareStack<any, any>;
}

/** Makes a client say what to do when AWS answers that the credentials have expired. */
export function adviseOnExpiry(client: Client, remedy: string): void {
  client.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        if (error instanceof AccountError || !isExpired(readFailure(error))) throw error;
        throw new AccountError("expired", expiredSentence(remedy), { cause: error });
      }
    },
    { step: "initialize", name: "adviseOnExpiry" },
  );
}

/** Tells of a client's errors whether the call only read and may succeed if made again. */
export function markRepeatable(client: Client): (error: unknown) => boolean {
  const repeatable = new WeakSet<object>();
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        try {
          return await next(args);
        } catch (error) {
          if (error instanceof Error && /^(Get|List)/.test(commandName ?? "") && passes(error)) repeatable.add(error);
          throw error;
        }
      },
    { step: "initialize", name: "markRepeatable" },
  );
  return (error) => typeof error === "object" && error !== null && repeatable.has(error);
}

/** A failure of the server or of the way there, which the next attempt may not meet. */
function passes(error: Error): boolean {
  const failure = error as SdkError;
  return isTransientError(failure) || isServerError(failure);
}
