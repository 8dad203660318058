import type { Analysis, AnalysisOptions } from "#core/analysis.ts";
import { isBudgetFile } from "#core/budgetFile/isBudgetFile.ts";
import type { Files } from "#core/files.ts";
import { Workspace } from "#core/workspace.ts";
import { globMatcher } from "#workspaceFiles/glob.ts";

const root = "file:///work/";

/** Files in memory, below `file:///work/`. */
export function memoryFiles(files: ReadonlyMap<string, string>): Files {
  return {
    read(uri) {
      const text = files.get(uri.slice(root.length));
      return text === undefined ? { error: `There is no file ${uri}.`, missing: true } : { text };
    },
    list(folder, glob) {
      const isMatch = globMatcher(glob);
      const prefix = folder.endsWith("/") ? folder : `${folder}/`;
      const uris = [...files.keys()].map((name) => root + name).sort();
      return uris.filter((uri) => uri.startsWith(prefix) && isMatch(uri.slice(prefix.length)));
    },
  };
}

/** Analyses files in memory as the command line would a folder. */
export function analyseFiles(files: ReadonlyMap<string, string>, options: AnalysisOptions = {}): Analysis {
  const uris = [...files.keys()].map((name) => root + name);
  const budgets = uris.filter(isBudgetFile);
  const templates = uris.filter((uri) => !budgets.includes(uri));
  return new Workspace(memoryFiles(files)).analyse({ budgets, templates, others: templates, options });
}
