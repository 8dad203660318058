import { workspace } from "vscode";
import type { KnownEnvironments } from "#core";
import type { PoolView } from "#protocol";
import { budgetFiles, skippedFolders } from "../documents.ts";
import type { LanguageServer } from "../languageServer.ts";
import { poolFacts } from "./poolFacts.ts";
import { requestFromServer } from "./requestFromServer.ts";

/** How long the language server may take to read the folders and answer, milliseconds. */
const answerLimit = 10_000;

/**
 * What the budgets of the workspace say of the environments of accounts; `unread` when there are budget files and nobody says what is in
 * them.
 */
export async function knownEnvironments(server: LanguageServer): Promise<KnownEnvironments> {
  const limit = AbortSignal.timeout(answerLimit);
  return (await requestFromServer(server, () => server.requestEnvironments(), limit)) ?? (await withoutAnswer());
}

/**
 * The pools of the workspace. `unread` when there are budget files and the language server does not say what is in them: what they ask for is
 * not known then.
 */
export async function knownPools(server: LanguageServer): Promise<readonly PoolView[] | "unread"> {
  const limit = AbortSignal.timeout(answerLimit);
  return (await requestFromServer(server, () => server.requestPools(), limit)) ?? (await withoutAnswer());
}

async function withoutAnswer(): Promise<[] | "unread"> {
  const files = await workspace.findFiles(budgetFiles, skippedFolders, 1);
  return files.length === 0 ? [] : "unread";
}

/** The floor that the budget files of the connected account state. */
export async function statedFloor(server: LanguageServer): Promise<number | undefined> {
  const pools = await knownPools(server);
  return pools === "unread" ? undefined : poolFacts(pools).configuredFloor;
}
