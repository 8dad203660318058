import type { PoolView } from "#protocol";
import type { LanguageServer } from "../../languageServer.ts";

/** The pools of the workspace, from the language server; none when it does not run or does not answer within `patience` milliseconds. */
export async function fetchPools(server: LanguageServer, patience: number): Promise<readonly PoolView[]> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), patience);
  });
  try {
    await Promise.race([settled(server, tooLong), tooLong]);
    if (server.client === undefined) return [];
    const { poolsRequest } = await import("../../languageClient.ts");
    return (await Promise.race([server.client.sendRequest(poolsRequest), tooLong])) ?? [];
  } catch {
    return [];
  } finally {
    clearTimeout(timer);
  }
}

/** Resolves when the server has read the folders, or cannot; stops listening when it takes too long. One that is stopped may be about to start: the command may have woken the extension. */
function settled(server: LanguageServer, tooLong: Promise<unknown>): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      const { state, status } = server;
      const ready = state === "running" && status !== undefined && status.state !== "busy";
      if (!ready && state !== "failed") return;
      listening.dispose();
      resolve();
    };
    const listening = server.onDidChange(look);
    void tooLong.then(() => listening.dispose());
    look();
  });
}
