import { ProgressLocation, window } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { AccountSnapshot } from "#core";
import { accountPhrase } from "#core";
import type { PoolView } from "#protocol";
import type { OpenAccount } from "../account/accountState.ts";
import { knownPools } from "../pools/knownPools.ts";
import { UserError } from "../userError.ts";
import type { BudgetContext } from "./budgetContext.ts";
import { isOld, meantPools } from "./meantPools.ts";

/** Works with the connected account, read completely and lately, after the language server has been told of it. */
export async function withFreshAccount(
  context: BudgetContext,
  work: (open: OpenAccount, client: LanguageClient) => Promise<void>,
): Promise<void> {
  const { account, server, facts } = context;
  const { state } = account;
  if (state.kind === "connected" && isOld(state.snapshot, Date.now())) {
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

/** The pool that is meant, else the one that is picked among those whose budgets belong to the connected account. */
export async function pickPool(
  { server }: Pick<BudgetContext, "server">,
  { identity }: AccountSnapshot,
  node: unknown,
  title: string,
): Promise<PoolView | undefined> {
  const known = await knownPools(server);
  const [only, ...others] = meantPools(known === "unread" ? [] : known, identity, node);
  if (others.length === 0) return only;
  const items = [only, ...others].map((each) => ({
    label: each.name,
    description: [each.environment, each.account, each.region].filter((part) => part != null).join(" · "),
    pool: each,
  }));
  const picked = await window.showQuickPick(items, { title, placeHolder: "Pool" });
  return picked?.pool;
}
