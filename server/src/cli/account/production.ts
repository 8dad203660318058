import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type AccountIdentity, isBudgetFile, type Pool, Workspace } from "#core";
import { nodeFiles, repositoryRoot, toUri } from "#workspaceFiles";
import type { Io } from "../io.ts";

/** Does the budget of this pool call it production? */
export function isProductionPool({ budget }: Pool): boolean {
  return budget?.pool.environment?.value.trim().toLowerCase() === "production";
}

/**
 * Does a budget call the account's pool production? Looks at budget files in the current folder and the folders above it, up to the root
 * of the repository: a command that names no budget must not be less careful than one that does.
 */
export async function isProduction({ account, region }: AccountIdentity, io: Io): Promise<boolean> {
  const folders = foldersFrom(io.cwd);
  const names = await Promise.all(
    folders.map(async (folder) => (await readdir(folder).catch(() => [])).map((name) => join(folder, name))),
  );
  const budgets = names.flat().map(toUri).filter(isBudgetFile);
  if (budgets.length === 0) return false;
  const workspace = new Workspace(nodeFiles(folders));
  const { pools } = workspace.analyse({ budgets, templates: [], options: {} });
  return pools.some(
    (pool) =>
      isProductionPool(pool) &&
      (pool.account === null || pool.account === account) &&
      (pool.region === null || pool.region === region),
  );
}

function foldersFrom(folder: string): readonly string[] {
  const root = repositoryRoot(folder);
  const folders = [folder];
  for (let next = folder; root !== undefined && next !== root && dirname(next) !== next; ) {
    next = dirname(next);
    folders.push(next);
  }
  return folders;
}
