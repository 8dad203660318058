import { ListFunctionUrlConfigsCommand } from "@aws-sdk/client-lambda";
import type { Session } from "../session.ts";
import { callLambda } from "./callAws.ts";
import { pages } from "./pages.ts";

/** The URLs that the account reports of a function. Throws an `AccountError`. */
export async function readFunctionUrls(
  session: Session,
  name: string,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const urls: string[] = [];
  const page = async (marker: string | undefined) => {
    const command = new ListFunctionUrlConfigsCommand({
      FunctionName: name,
      ...(marker === undefined ? {} : { Marker: marker }),
    });
    const answer = await callLambda(
      session,
      "ListFunctionUrlConfigs",
      (sending) => session.lambda.send(command, sending),
      signal,
    );
    return { items: answer.FunctionUrlConfigs ?? [], next: answer.NextMarker };
  };
  for await (const configs of pages("lambda:ListFunctionUrlConfigs", page, undefined))
    for (const { FunctionUrl } of configs) if (FunctionUrl !== undefined) urls.push(FunctionUrl);
  return urls;
}
