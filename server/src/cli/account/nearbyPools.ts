import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isBudgetFile, type Pool, Workspace } from "#core";
import { nodeFiles, repositoryRoot, toUri } from "#workspaceFiles";
import type { Io } from "../io.ts";

/**
 * The pools of the budget files in the current folder and the folders above it, up to the root of the repository: a command that names no
 * budget must not be less careful than one that does.
 */
export async function nearbyPools({ cwd }: Io): Promise<readonly Pool[]> {
  const folders = foldersFrom(cwd);
  const names = await Promise.all(
    folders.map(async (folder) => (await readdir(folder).catch(() => [])).map((name) => join(folder, name))),
  );
  const budgets = names.flat().map(toUri).filter(isBudgetFile);
  if (budgets.length === 0) return [];
  return new Workspace(nodeFiles(folders)).analyse({ budgets, templates: [], options: {} }).pools;
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
