import { GetAccountSettingsCommand } from "@aws-sdk/client-lambda";
import type { AccountSnapshot } from "#core";
import { AccountError } from "../accountError.ts";
import { invalidAnswer } from "../checkAnswers.ts";
import type { Session } from "../session.ts";
import { callLambda } from "./callAws.ts";
import { isNotOffered } from "./notOffered.ts";

/** What one call says about the whole account and Region. */
export interface Totals extends Pick<AccountSnapshot, "functionCount" | "readAt"> {
  readonly limit: number;
  readonly unreserved: number;
}

/** That they are not known, why, and when they were asked for. */
export interface NoTotals extends Pick<AccountSnapshot, "readAt"> {
  readonly why: AccountError;
}

/** The same where they may be had: not in a role that may not ask for them, nor at an emulator that does not offer the call. Throws otherwise. */
export async function totalsIfOffered(
  session: Session,
  signal: AbortSignal | undefined,
  now: () => number = Date.now,
): Promise<Totals | NoTotals> {
  const readAt = new Date(now()).toISOString();
  try {
    return await readTotals(session, signal, now);
  } catch (error) {
    if (error instanceof AccountError && isNotOffered(error)) return { why: error, readAt };
    throw error;
  }
}

/** GetAccountSettings. Throws an `AccountError`; of kind `failed` when an answer has no limit. */
export async function readTotals(
  session: Session,
  signal: AbortSignal | undefined,
  now: () => number = Date.now,
): Promise<Totals> {
  const command = new GetAccountSettingsCommand({});
  const action = "GetAccountSettings";
  const answer = await callLambda(session, action, (sending) => session.lambda.send(command, sending), signal);
  const limit = answer.AccountLimit?.ConcurrentExecutions;
  const unreserved = answer.AccountLimit?.UnreservedConcurrentExecutions;
  if (limit === undefined || unreserved === undefined) {
    const message = "Lambda's answer to GetAccountSettings names no limit. Does the endpoint support that call?";
    throw new AccountError("failed", message, { action: `lambda:${action}` });
  }
  if (unreserved > limit) throw invalidAnswer(`lambda:${action}`, `${unreserved} of ${limit} are unreserved`);
  const functionCount = answer.AccountUsage?.FunctionCount ?? 0;
  return { limit, unreserved, functionCount, readAt: new Date(now()).toISOString() };
}
