import type { PoolView } from "#protocol";
import type { LanguageServer } from "../../languageServer.ts";

/** Nobody waits longer than this for pools that would only be a suggestion, milliseconds: a server that still reads the folders answers later. */
const patience = 4000;

/** The pools of the workspace, from the language server; none when it does not run or does not answer soon. */
export async function fetchPools({ client }: LanguageServer): Promise<readonly PoolView[]> {
  if (client === undefined) return [];
  const { poolsRequest } = await import("../../languageClient.ts");
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<readonly PoolView[]>((resolve) => {
    timer = setTimeout(() => resolve([]), patience);
  });
  try {
    return await Promise.race([client.sendRequest(poolsRequest), tooLong]);
  } catch {
    return [];
  } finally {
    clearTimeout(timer);
  }
}
