import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { environmentsOf, isBudgetFile, type KnownEnvironments, Workspace } from "#core";
import { nodeFiles, repositoryRoot, toUri } from "#workspaceFiles";
import type { Io } from "../io.ts";

/**
 * What the budget files in the current folder and the folders above it, up to the root of the repository, say of their
 * environments: a command that names no budget must not be less careful than one that does.
 */
export async function nearbyEnvironments({ cwd }: Io): Promise<KnownEnvironments> {
  const folders = foldersFrom(cwd);
  const names = await Promise.all(
    folders.map(async (folder) => (await readdir(folder).catch(() => [])).map((name) => join(folder, name))),
  );
  const budgets = names.flat().map(toUri).filter(isBudgetFile);
  if (budgets.length === 0) return [];
  return environmentsOf(new Workspace(nodeFiles(folders)).analyse({ budgets, templates: [], options: {} }));
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
