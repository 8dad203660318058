import { ProgressLocation, window } from "vscode";
import type { PoolLink } from "#core";
import type { PoolView } from "#protocol";
import { UserError } from "../../errors.ts";
import { accountOf } from "../accountState.ts";
import { linkablePools, linkOf, poolOfNode, whyNotLinkable } from "../linkablePool.ts";
import type { AccountCommandContext } from "./accountCommandContext.ts";
import { requireTrust } from "./connectTo.ts";

/** Lets a pool whose budget names no account take the live values of the connected one, in this workspace. */
export async function linkPool(context: AccountCommandContext, target: unknown): Promise<void> {
  requireTrust();
  const { account, links } = context;
  const identity = accountOf(account.state);
  if (identity === undefined)
    throw new UserError("Connect to the account of the pool first, then link the pool to it.");
  const pool = poolOfNode(target) ?? (await pickPool(await readPools(context), identity.region));
  if (pool === undefined) return;
  const reason = whyNotLinkable(pool, identity);
  if (reason !== undefined) throw new UserError(reason);
  const link = linkOf(pool, identity);
  if (link !== undefined) await links.link(link);
}

/** Takes a link away. */
export async function unlinkPool({ links }: Pick<AccountCommandContext, "links">, target: unknown): Promise<void> {
  const pool = poolOfNode(target);
  const link = pool === undefined ? await pickLink(links.all) : linkOf(pool, { account: "", region: "" });
  if (link !== undefined) await links.unlink(link);
}

/** The pools, once the folders have been searched; undefined when the user does not want to wait. */
async function readPools({
  server,
  pools,
}: Pick<AccountCommandContext, "server" | "pools">): Promise<readonly PoolView[] | undefined> {
  const progress = { location: ProgressLocation.Notification, title: "Reading the folders", cancellable: true };
  await server.start();
  return window.withProgress(progress, (_, token) => {
    const cancelled = new Promise<undefined>((resolve) => token.onCancellationRequested(() => resolve(undefined)));
    return Promise.race([pools.whenKnown(), cancelled]);
  });
}

async function pickPool(pools: readonly PoolView[] | undefined, region: string): Promise<PoolView | undefined> {
  if (pools === undefined) return undefined;
  const open = linkablePools(pools, region);
  if (open.length === 0)
    throw new UserError(`No pool is without an account in ${region}: each names its own, or none was found.`);
  const items = open.map((pool) => ({ label: pool.name, description: pool.region ?? "", pool }));
  const picked = await window.showQuickPick(items, { title: "Link a pool", placeHolder: "Pool that names no account" });
  return picked?.pool;
}

async function pickLink(links: readonly PoolLink[]): Promise<PoolLink | undefined> {
  if (links.length === 0) throw new UserError("No pool of this workspace is linked to an account.");
  const items = links.map((link) => ({ label: link.pool, description: `${link.account} · ${link.region}`, link }));
  const picked = await window.showQuickPick(items, { title: "Take a link away", placeHolder: "Pool" });
  return picked?.link;
}
