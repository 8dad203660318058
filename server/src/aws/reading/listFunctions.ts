import { ListFunctionsCommand } from "@aws-sdk/client-lambda";
import type { LiveFunction } from "#core";
import { AccountError } from "../accountError.ts";
import type { Session } from "../session.ts";
import { callLambda } from "./callAws.ts";
import { listedFunction } from "./liveFunction.ts";
import { pages } from "./pages.ts";

const LARGEST_PAGE = 50;

/** Functions may come and go while they are listed, and nobody says which ones FunctionCount counts; more than that is no account. */
const mostOf = (counted: number) => 2 * counted + 1000;

/**
 * Lists the functions of the account, 50 in a page: more are never given. Throws an `AccountError`, of kind `changed` when a function of
 * another account is among them, of kind `failed` when none comes or they do not end, although Lambda counts `counted`.
 */
export async function* listFunctions(
  session: Session,
  signal: AbortSignal | undefined,
  counted: number | undefined,
): AsyncGenerator<readonly LiveFunction[], void, undefined> {
  const ask = async (marker: string | undefined) => {
    const command = new ListFunctionsCommand({
      MaxItems: LARGEST_PAGE,
      ...(marker === undefined ? {} : { Marker: marker }),
    });
    const { Functions, NextMarker } = await callLambda(
      session,
      "ListFunctions",
      (sending) => session.lambda.send(command, sending),
      signal,
    );
    return { items: Functions?.flatMap((entry) => listedFunction(entry) ?? []), next: NextMarker };
  };
  const action = "lambda:ListFunctions";
  let listed = 0;
  const wrong = (what: string) => {
    const message = `Lambda counts ${counted} functions, but ListFunctions gives ${what}, so the list is not complete. Read again later.`;
    return new AccountError("failed", message, { action });
  };
  for await (const functions of pages(action, ask, ({ arn }) => arn)) {
    listed += functions.length;
    if (counted && listed > mostOf(counted)) throw wrong(`${listed} and more`);
    yield functions;
  }
  if (counted && listed === 0) throw wrong("none");
}
