import { workspace } from "vscode";
import type { RequestType0 } from "vscode-languageclient/node";
import type { KnownEnvironments } from "#core";
import type { PoolView } from "#protocol";
import { budgetFiles, skippedFolders } from "../documents.ts";
import type * as messages from "../languageClient.ts";
import type { LanguageServer } from "../languageServer.ts";
import { poolFacts } from "./poolFacts.ts";

/** How long the language server may take to read the folders and answer, milliseconds. */
const patience = 10_000;

/**
 * What the budgets of the workspace say of the environments of accounts; `unread` when there are budget files and nobody says what is in
 * them.
 */
export async function knownEnvironments(server: LanguageServer): Promise<KnownEnvironments> {
  return (await ask(server, ({ environmentsRequest }) => environmentsRequest)) ?? (await withoutAnswer());
}

/**
 * The pools of the workspace. `unread` when there are budget files and the language server does not say what is in them: what they ask for is
 * not known then.
 */
export async function knownPools(server: LanguageServer): Promise<readonly PoolView[] | "unread"> {
  return (await ask(server, ({ poolsRequest }) => poolsRequest)) ?? (await withoutAnswer());
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

/** Waits for a server that is starting or reading the folders. */
async function ask<Answer>(
  server: LanguageServer,
  requestOf: (requests: typeof messages) => RequestType0<Answer, void>,
): Promise<Answer | undefined> {
  if (server.state !== "running" && server.state !== "starting") return undefined;
  const waiting = new AbortController();
  const tooLong = setTimeout(() => waiting.abort(), patience);
  try {
    await running(server, waiting.signal);
    const { client } = server;
    // A server that checks nothing knows of no pool.
    if (client === undefined || server.status?.state === "disabled" || waiting.signal.aborted) return undefined;
    const answer = client.sendRequest(requestOf(await import("../languageClient.ts"))).catch(() => undefined);
    return await Promise.race([answer, aborted(waiting.signal)]);
  } finally {
    clearTimeout(tooLong);
  }
}

function running(server: LanguageServer, signal: AbortSignal): Promise<void> {
  const settled = () =>
    server.state === "stopped" ||
    server.state === "failed" ||
    (server.state === "running" && server.status !== undefined && server.status.state !== "busy");
  if (settled()) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      listening.dispose();
      resolve();
    };
    const listening = server.onDidChange(() => {
      if (settled()) done();
    });
    signal.addEventListener("abort", done, { once: true });
  });
}

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
}
