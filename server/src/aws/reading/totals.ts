import { GetAccountSettingsCommand } from "@aws-sdk/client-lambda";
import type { AccountSnapshot } from "#core";
import { AccountError } from "../accountError.ts";
import { senseless } from "../checkAnswers.ts";
import type { Session } from "../session.ts";
import { askLambda } from "./ask.ts";

/** What one call says about the whole account and Region. */
export type Totals = Pick<AccountSnapshot, "limit" | "unreserved" | "functionCount" | "readAt">;

/** GetAccountSettings. Throws an `AccountError`; of kind `failed` when an answer has no limit. */
export async function readTotals(
  session: Session,
  signal: AbortSignal | undefined,
  now: () => number = Date.now,
): Promise<Totals> {
  const command = new GetAccountSettingsCommand({});
  const action = "GetAccountSettings";
  const answer = await askLambda(session, action, (sending) => session.lambda.send(command, sending), signal);
  const limit = answer.AccountLimit?.ConcurrentExecutions;
  const unreserved = answer.AccountLimit?.UnreservedConcurrentExecutions;
  if (limit === undefined || unreserved === undefined) {
    const message = "Lambda's answer to GetAccountSettings names no limit. Does the endpoint support that call?";
    throw new AccountError("failed", message, { action: `lambda:${action}` });
  }
  if (unreserved > limit) throw senseless(`lambda:${action}`, `${unreserved} of ${limit} are unreserved`);
  const functionCount = answer.AccountUsage?.FunctionCount ?? 0;
  return { limit, unreserved, functionCount, readAt: new Date(now()).toISOString() };
}
