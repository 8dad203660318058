import { ProgressLocation, window } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { AccountSnapshot } from "#core";
import { accountPhrase } from "#core";
import type { PoolView } from "#protocol";
import type { OpenAccount } from "../account/accountState.ts";
import { knownPools } from "../pools/knownPools.ts";
import type { ViewNode } from "../tree/node.ts";
import { UserError } from "../userError.ts";
import type { BudgetContext } from "./budgetContext.ts";

/** What was read longer ago than this is read again before budget and account are compared, milliseconds. */
const fresh = 60_000;

/** Works with the connected account, read completely and lately, after the language server has been told of it. */
export async function withFreshAccount(
  context: BudgetContext,
  work: (open: OpenAccount, client: LanguageClient) => Promise<void>,
): Promise<void> {
  const { account, server, facts } = context;
  const { state } = account;
  if (state.kind === "connected" && isOld(state.snapshot)) {
    const progress = {
      location: ProgressLocation.Notification,
      title: `Reading ${accountPhrase(state.snapshot.identity)}`,
      cancellable: true,
    };
    await window.withProgress(progress, async (_, token) => {
      token.onCancellationRequested(() => account.cancel());
      await account.refresh();
    });
  }
  await account.withSession(async (open) => {
    await server.start();
    const { client } = server;
    if (client === undefined)
      throw new UserError("The language server is not running. Run “Lambda Concurrency: Restart Language Server”.");
    await facts.flush();
    await work(open, client);
  });
}

/** The pool that a tree node stands for, else the only one whose budget belongs to the connected account, else the one that is picked. */
export async function pickPool(
  { server }: Pick<BudgetContext, "server">,
  { identity }: AccountSnapshot,
  node: unknown,
  title: string,
): Promise<PoolView | undefined> {
  const known = await knownPools(server);
  const pools = known === "unread" ? [] : known;
  const meant = poolOf(node);
  const pool = meant && (pools.find(({ id }) => id === meant.id) ?? meant);
  if (pool !== undefined) {
    if (pool.budget !== undefined && pool.live) return pool;
    throw new UserError(`${pool.name} is not compared with ${accountPhrase(identity)}: ${whyNot(pool)}`);
  }
  const fit = pools.filter(({ budget, live }) => budget !== undefined && live);
  const [only, ...others] = fit;
  if (only === undefined)
    throw new UserError(
      `No budget file of this workspace belongs to ${accountPhrase(identity)}. Write its account and region in a budget, or link a pool to it.`,
    );
  if (others.length === 0) return only;
  const items = fit.map((each) => ({
    label: each.name,
    description: [each.environment, each.account, each.region].filter((part) => part != null).join(" · "),
    pool: each,
  }));
  const picked = await window.showQuickPick(items, { title, placeHolder: "Pool" });
  return picked?.pool;
}

function isOld({ readAt, reading }: AccountSnapshot): boolean {
  return reading.state === "reading" || Date.now() - Date.parse(readAt) > fresh;
}

function whyNot({ budget, account, region }: PoolView): string {
  if (budget === undefined) return "no budget file lists it.";
  if (account === null) return "its budget names no account. Link it first, or write account and region in it.";
  return `its budget is for account ${account}${region === null ? "" : ` in ${region}`}.`;
}

function poolOf(node: unknown): PoolView | undefined {
  if (typeof node !== "object" || node === null || !("node" in node)) return undefined;
  const { subject } = node.node as ViewNode;
  return subject?.kind === "pool" || subject?.kind === "row" ? subject.pool : undefined;
}
