import { type Progress, ProgressLocation, window } from "vscode";
import { UserError } from "../userError.ts";

/**
 * Runs something that asks the account, with progress that can be cancelled. Undefined when the user cancelled it before it ended; what
 * else went wrong becomes a `UserError`.
 */
export async function withAbort<T>(
  title: string,
  work: (signal: AbortSignal, progress: Progress<{ message?: string; increment?: number }>) => Promise<T>,
): Promise<T | undefined> {
  const { AccountError, toAccountError } = await import("#aws");
  const shown = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(shown, async (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    try {
      return await work(abort.signal, progress);
    } catch (error) {
      const problem = error instanceof AccountError ? error : toAccountError(error);
      if (problem.kind === "cancelled") return undefined;
      throw new UserError(problem.message);
    }
  });
}
