import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { environmentsOf, isBudgetFile, type KnownEnvironments, Workspace } from "#core";
import { nodeFiles } from "./nodeFiles.ts";
import { repositoryRoot } from "./roots.ts";
import { toUri } from "./uris.ts";

/**
 * What the budget files in a folder and the folders above it, up to the root of the repository, say of their environments: a change that
 * names no budget must not be less careful than one that does.
 */
export async function nearbyEnvironments(folder: string): Promise<KnownEnvironments> {
  const folders = foldersFrom(folder);
  const names = await Promise.all(folders.map(namesIn));
  // A folder that cannot be listed may hold a budget.
  if (names.includes(undefined)) return "unread";
  const budgets = names.flatMap((found = []) => found.map(toUri)).filter(isBudgetFile);
  if (budgets.length === 0) return [];
  return environmentsOf(new Workspace(nodeFiles(folders)).analyse({ budgets, templates: [], options: {} }));
}

async function namesIn(folder: string): Promise<readonly string[] | undefined> {
  try {
    return (await readdir(folder)).map((name) => join(folder, name));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOENT" || code === "ENOTDIR" ? [] : undefined;
  }
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
