import { join } from "node:path";
import { LSPErrorCodes, ResponseError } from "vscode-languageserver/node";
import { draftBudget, draftFromAccount, formatBudget, type Uri, Workspace } from "#core";
import { createBudgetRequest } from "#protocol";
import { canonicalUri, nodeFiles, toPath, toUri, walk } from "#workspaceFiles";
import type { Collaborators } from "./collaborators.ts";

const fileName = "concurrency-budget.yaml";

/** Answers what a budget file for a folder would say; open documents count. The client writes it. */
export function registerCreateBudget({
  connection,
  documents,
  project,
  settings,
  account,
  ready,
}: Collaborators): void {
  connection.onRequest(createBudgetRequest, async ({ folder, fromAccount = false }) => {
    await ready;
    const path = toPath(folder);
    if (path === undefined)
      throw new ResponseError(LSPErrorCodes.RequestFailed, "A budget file needs a folder on disk.");
    const [snapshot] = fromAccount ? account.current.snapshots : [];
    if (fromAccount && snapshot === undefined)
      throw new ResponseError(LSPErrorCodes.RequestFailed, "No account is connected.");
    const { budgets, templates, problems, cut } = await walk(path);
    const uri = toUri(join(path, fileName));
    const openText = (each: Uri) => documents.get(each)?.text.getText();
    const analysis = new Workspace(nodeFiles([path, ...project.folders], openText)).analyse({
      budgets: [],
      templates,
      options: { ...settings.current.analysis, ...(snapshot && { snapshots: [snapshot], linkAll: true }) },
    });
    const { budget, left } = snapshot
      ? draftFromAccount(canonicalUri(folder), analysis, snapshot)
      : { budget: draftBudget(canonicalUri(folder), analysis), left: [] };
    const exists = budgets.includes(uri);
    const unread = problems.map((problem) => `${toPath(problem.uri) ?? problem.uri}: ${problem.error}`);
    const notes = [...left, ...unread, ...(cut === undefined ? [] : [cut])];
    const text = formatBudget(budget);
    return { uri, text, templates: budget.stacks.length, exists, ...(notes.length > 0 && { left: notes }) };
  });
}
