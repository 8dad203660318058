import type { MiddlewareStack } from "@smithy/types";
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
