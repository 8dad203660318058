import { type AccountIdentity, type AccountSnapshot, accountPhrase } from "#core";
import type { PoolView } from "#protocol";
import type { ViewNode } from "../tree/node.ts";
import { UserError } from "../userError.ts";

/** What was read longer ago than this is read again before budget and account are compared, milliseconds. */
const fresh = 60_000;

/** Must the account be read again before it is compared with a budget? `now`: milliseconds since 1970. */
export function isOld({ readAt, reading }: AccountSnapshot, now: number): boolean {
  return reading.state === "reading" || now - Date.parse(readAt) > fresh;
}

/**
 * The pools a command on a budget can be meant for: the one of the tree's node, else all whose budgets are compared with the connected
 * account. Throws a `UserError` that says why there is none.
 */
export function meantPools(
  pools: readonly PoolView[],
  identity: AccountIdentity,
  node: unknown,
): readonly [PoolView, ...PoolView[]] {
  const meant = poolOf(node);
  const pool = meant && (pools.find(({ id }) => id === meant.id) ?? meant);
  if (pool !== undefined) {
    if (pool.budget !== undefined && pool.live) return [pool];
    throw new UserError(`${pool.name} is not compared with ${accountPhrase(identity)}: ${whyNot(pool)}`);
  }
  const [first, ...others] = pools.filter(({ budget, live }) => budget !== undefined && live);
  if (first === undefined)
    throw new UserError(
      `No budget file of this workspace belongs to ${accountPhrase(identity)}. Write its account and region in a budget, or link a pool to it.`,
    );
  return [first, ...others];
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
