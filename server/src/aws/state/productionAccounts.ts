import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { type AccountIdentity, accountKey, type KnownEnvironments, productionPool, whyProduction } from "#core";
import { cannotRead, writeAtomically } from "./atomicFile.ts";
import { fileNameFor, readJson } from "./keptFile.ts";

const LARGEST = 64 * 1024;

/** An account and Region that a budget called production. */
interface Seen {
  readonly version: 1;
  /** `accountKey` of the account. */
  readonly key: string;
  readonly account: string;
  readonly region: string;
  /** Name of the budget's pool. */
  readonly pool: string;
  /** When a budget said so first; ISO 8601. */
  readonly at: string;
}

/**
 * Why a change of this account asks for more care, as a sentence; undefined when it does not. An account that a budget calls
 * production is kept in the state folder: it stays production wherever the next change is made, until somebody forgets it.
 * @param pools what the budgets say that are known here
 * @param named ids and aliases of accounts that the user calls production
 */
export async function productionReason(
  folder: string,
  identity: AccountIdentity,
  pools: KnownEnvironments,
  named: readonly string[] = [],
): Promise<string | undefined> {
  const called = productionPool(identity, pools);
  if (called !== undefined) await remember(folder, identity, called.name);
  return whyProduction(identity, pools, named) ?? (await whyRemembered(folder, identity));
}

/**
 * Accounts of this number count as production no longer, until a budget says so again. Gives their Regions. Throws an
 * `AccountError` when the folder cannot be read or written.
 */
export async function forgetProduction(folder: string, account: string): Promise<readonly string[]> {
  const files = folderOf(folder);
  try {
    const names = await readdir(files).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw error;
    });
    const forgotten: string[] = [];
    for (const name of names) {
      const file = path.join(files, name);
      const seen = seenIn(await readJson(file, LARGEST));
      if (seen?.account !== account) continue;
      await rm(file, { force: true });
      forgotten.push(seen.region);
    }
    return [...new Set(forgotten)].sort();
  } catch (error) {
    throw cannotRead("production accounts", files, error);
  }
}

async function remember(folder: string, identity: AccountIdentity, pool: string): Promise<void> {
  const key = accountKey(identity);
  const file = fileOf(folder, key);
  if (seenIn(await readJson(file, LARGEST))?.key === key) return;
  const { account, region } = identity;
  const seen: Seen = { version: 1, key, account, region, pool, at: new Date().toISOString() };
  // Where nothing can be written nothing is changed either: the log of changes needs the same folder.
  await writeAtomically(file, JSON.stringify(seen)).catch(() => {});
}

async function whyRemembered(folder: string, identity: AccountIdentity): Promise<string | undefined> {
  const key = accountKey(identity);
  const file = fileOf(folder, key);
  const names = await readdir(path.dirname(file)).catch((error: NodeJS.ErrnoException): string[] | undefined =>
    error.code === "ENOENT" ? [] : undefined,
  );
  if (names === undefined) return `${path.dirname(file)} cannot be read, so this account counts as production.`;
  if (!names.includes(path.basename(file))) return undefined;
  const seen = seenIn(await readJson(file, LARGEST));
  if (seen?.key !== key) return `${file} cannot be read, so this account counts as production.`;
  const { pool, at, account } = seen;
  return `The budget of pool ${pool} called this account and Region production on ${at.slice(0, 10)}; "lambda-concurrency account --forget-production ${account}" forgets that.`;
}

function folderOf(folder: string): string {
  return path.join(folder, "production");
}

function fileOf(folder: string, key: string): string {
  return path.join(folderOf(folder), fileNameFor(key));
}

function seenIn(value: unknown): Seen | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { version, key, account, region, pool, at } = value as Readonly<Record<string, unknown>>;
  if (version !== 1 || typeof key !== "string" || typeof account !== "string") return undefined;
  if (typeof region !== "string" || typeof pool !== "string" || typeof at !== "string") return undefined;
  return { version, key, account, region, pool, at };
}
