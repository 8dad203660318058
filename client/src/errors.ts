import { type LogOutputChannel, window } from "vscode";
import { messageText } from "./messageText.ts";
import { UserError } from "./userError.ts";

export { UserError } from "./userError.ts";

/** Tells the user that something failed; what they cannot act on goes to the log with its stack. */
export async function showError(error: unknown, log: LogOutputChannel): Promise<void> {
  if (error instanceof UserError) {
    await window.showErrorMessage(messageText(error.message));
    return;
  }
  log.error(error instanceof Error ? error : String(error));
  const message = error instanceof Error ? error.message : String(error);
  const showLog = "Show Output";
  const choice = await window.showErrorMessage(
    messageText(`Lambda Concurrency could not do this: ${message}`),
    showLog,
  );
  if (choice === showLog) log.show();
}
