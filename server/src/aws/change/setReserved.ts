import { DeleteFunctionConcurrencyCommand, PutFunctionConcurrencyCommand } from "@aws-sdk/client-lambda";
import { num } from "#core";
import type { Session } from "../session.ts";
import { type ChangeOptions, compareAndSet } from "./compareAndSet.ts";
import type { Outcome } from "./outcome.ts";
import { readReserved } from "./read.ts";

/** Changes the reservation of a function where it is still `from`; null: none. 0 is a number: the function never runs. */
export function setReserved(
  session: Session,
  name: string,
  { from, to }: { readonly from: number | null; readonly to: number | null },
  options?: ChangeOptions,
): Promise<Outcome<number | null>> {
  const { lambda, rateLimiter } = session;
  // From none to 0 it does not matter which of the two was there: the call is the same, and one read is enough.
  let certain = from !== null || to !== 0;
  const remove = new DeleteFunctionConcurrencyCommand({ FunctionName: name });
  return compareAndSet(
    {
      what: `the reservation of ${name}`,
      action: to === null ? "lambda:DeleteFunctionConcurrency" : "lambda:PutFunctionConcurrency",
      check: `Look at it with: aws lambda get-function-concurrency --function-name ${name}`,
      read: () => readReserved(session, name, certain),
      write: () =>
        rateLimiter.run("other", async () => {
          certain = true;
          if (to === null) return void (await lambda.send(remove));
          const put = new PutFunctionConcurrencyCommand({ FunctionName: name, ReservedConcurrentExecutions: to });
          await lambda.send(put);
        }),
      isFrom: (state) => state === from,
      isTo: (state) => state === to,
      describe: (state) => (state === null ? "no reservation" : num(state)),
    },
    options,
  );
}
