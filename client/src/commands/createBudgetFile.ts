import { Uri, window, workspace } from "vscode";
import { UserError } from "../errors.ts";
import type { CommandContext } from "./commandContext.ts";

/**
 * Writes a budget file that grants what the templates of a folder reserve today, and opens it. `target` is the folder
 * (from the explorer); without it the workspace folder is taken, or asked for. An existing budget file is only opened.
 */
export async function createBudgetFile({ server }: Pick<CommandContext, "server">, target: unknown): Promise<void> {
  const folder = target instanceof Uri ? target : await pickFolder();
  if (folder === undefined) return;
  await server.start();
  if (server.client === undefined)
    throw new UserError(
      "The language server is not running. Run “Lambda Concurrency: Restart Language Server” and try again.",
    );
  const { createBudgetRequest } = await import("../languageClient.ts");
  const { uri, text, exists } = await server.client.sendRequest(createBudgetRequest, { folder: folder.toString() });
  const file = Uri.parse(uri);
  if (!exists) await workspace.fs.writeFile(file, new TextEncoder().encode(text));
  await window.showTextDocument(file);
}

/** The workspace folder for a budget file; asks when there are several. Undefined when the user cancels. */
export async function pickFolder(): Promise<Uri | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length === 0)
    throw new UserError("Open the folder with your templates first: the budget file is made from them.");
  if (folders.length === 1) return folders[0]?.uri;
  const picked = await window.showWorkspaceFolderPick({ placeHolder: "Folder for the budget file" });
  return picked?.uri;
}
