import { Uri, WorkspaceEdit, window, workspace } from "vscode";
import { accountPhrase, many, num } from "#core";
import { pickFolder } from "../commands/createBudgetFile.ts";
import type { BudgetContext } from "./budgetContext.ts";
import { pickPool, withFreshAccount } from "./budgetPool.ts";

const showNotes = "Show Notes";

/** Writes a budget file that grants what the connected account reserves, with the templates of a folder as its stacks. An existing one is only opened. */
export async function createBudgetFromAccount(context: BudgetContext, target: unknown): Promise<void> {
  const folder = target instanceof Uri ? target : await pickFolder();
  if (folder === undefined) return;
  await withFreshAccount(context, async ({ snapshot }, client) => {
    const { createBudgetRequest } = await import("../languageClient.ts");
    const params = { folder: folder.toString(), fromAccount: true };
    const { uri, text, exists, left = [] } = await client.sendRequest(createBudgetRequest, params);
    const file = Uri.parse(uri);
    if (exists) {
      await window.showTextDocument(file);
      const update = "Update It";
      const says = `${workspace.asRelativePath(file)} exists already.`;
      void window.showInformationMessage(says, update).then((picked) => {
        if (picked === update) void updateBudgetFromAccount(context, undefined);
      });
      return;
    }
    await workspace.fs.writeFile(file, new TextEncoder().encode(text));
    await window.showTextDocument(file);
    void told(context, `The budget grants what ${accountPhrase(snapshot.identity)} reserves now.`, [], left);
  });
}

/** Makes a budget grant what its account reserves. Comments, order and everything else stay; the change can be undone in the editor. */
export async function updateBudgetFromAccount(context: BudgetContext, node: unknown): Promise<void> {
  await withFreshAccount(context, async ({ snapshot }, client) => {
    const pool = await pickPool(context, snapshot, node, "Budget to update");
    if (pool?.budget === undefined) return;
    const { takeOverRequest } = await import("../languageClient.ts");
    const taken = await client.sendRequest(takeOverRequest, { pool: pool.id });
    const whose = accountPhrase(snapshot.identity);
    if (taken === null) throw new Error(`${pool.name} is not compared with ${whose} any more.`);
    const file = Uri.parse(pool.budget);
    await window.showTextDocument(file);
    if (taken.entries.length > 0) {
      const edit = await client.protocol2CodeConverter.asWorkspaceEdit(taken.edit);
      if (!(await workspace.applyEdit(edit ?? new WorkspaceEdit())))
        throw new Error(`${workspace.asRelativePath(file)} was changed meanwhile. Nothing was written; try again.`);
    }
    const lines = taken.entries.map(
      ({ key, from, to }) => `${key}: ${from === null ? "new entry" : num(from)} → ${to === 0 ? "off" : num(to)}`,
    );
    const says =
      lines.length === 0
        ? `${pool.name} grants what ${whose} reserves already.`
        : `${many(lines.length, "entry", "entries")} of ${pool.name} ${lines.length === 1 ? "is" : "are"} now what ${whose} reserves; the file is not saved yet.`;
    void told(context, says, lines, taken.left);
  });
}

/** Says what was written; what was not taken over, and why, is in a document. */
async function told(
  { documents }: Pick<BudgetContext, "documents">,
  says: string,
  lines: readonly string[],
  left: readonly string[],
): Promise<void> {
  if (left.length === 0) {
    await window.showInformationMessage(says);
    return;
  }
  const more = `${many(left.length, "function")} ${left.length === 1 ? "was" : "were"} left out.`;
  const picked = await window.showWarningMessage(`${says} ${more}`, showNotes);
  if (picked !== showNotes) return;
  const list = (items: readonly string[]) => items.map((item) => `- ${item}`).join("\n");
  const written = lines.length === 0 ? "" : `## Written\n\n${list(lines)}\n\n`;
  await documents.showMarkdown("Budget from the Account", `# ${says}\n\n${written}## Left out\n\n${list(left)}\n`);
}
