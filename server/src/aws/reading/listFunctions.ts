import { ListFunctionsCommand } from "@aws-sdk/client-lambda";
import type { AccountIdentity, LiveFunction } from "#core";
import { AccountError } from "../accountError.ts";
import type { Session } from "../session.ts";
import { askLambda } from "./ask.ts";
import { listedFunction } from "./liveFunction.ts";
import { pages } from "./pages.ts";

const LARGEST_PAGE = 50;

/**
 * Lists the functions of the account, 50 in a page: more are never given. Throws an `AccountError`, of kind `changed` when a function of
 * another account is among them.
 */
export async function* listFunctions(
  session: Session,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly LiveFunction[], void, undefined> {
  const ask = async (marker: string | undefined) => {
    const command = new ListFunctionsCommand({
      MaxItems: LARGEST_PAGE,
      ...(marker === undefined ? {} : { Marker: marker }),
    });
    const { Functions, NextMarker } = await askLambda(
      session,
      "ListFunctions",
      (sending) => session.lambda.send(command, sending),
      signal,
    );
    return { items: Functions?.flatMap((entry) => listedFunction(entry) ?? []), next: NextMarker };
  };
  for await (const functions of pages("lambda:ListFunctions", ask)) {
    for (const { arn } of functions) checkAccount(arn, session.identity);
    yield functions;
  }
}

/** Throws an `AccountError` of kind `changed` when an ARN belongs to another account. */
export function checkAccount(arn: string, { account }: AccountIdentity): void {
  const owner = arn.split(":")[4];
  if (owner === account || !/^\d{12}$/.test(owner ?? "")) return;
  const message = `Connected to account ${account}, but Lambda answers for account ${owner}: the credentials were exchanged. Connect again.`;
  throw new AccountError("changed", message);
}
