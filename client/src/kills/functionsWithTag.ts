import { type Progress, ProgressLocation, window } from "vscode";
import type { Session } from "#aws";
import { parseTag } from "#core";
import { inputBox } from "../operations/inputBox.ts";
import { UserError } from "../userError.ts";

/** Asks for a tag and looks for the functions that have it. Undefined when the user cancels. */
export async function functionsWithTag(session: Session, title: string): Promise<readonly string[] | undefined> {
  const text = await inputBox({
    title,
    prompt: "KEY=VALUE, or KEY alone for any value. The tagging API may lag by some minutes.",
    placeholder: "team=payments",
    judge: (typed) => {
      const tag = parseTag(typed);
      return typeof tag === "string" ? { severity: "error", message: tag } : undefined;
    },
  });
  const tag = text === undefined ? undefined : parseTag(text);
  if (tag === undefined || typeof tag === "string") return undefined;
  const { functionsByTag } = await import("#aws");
  const names = await withAbort(`Looking for functions tagged ${text}`, (signal) =>
    functionsByTag(session, tag, signal),
  );
  if (names?.length === 0) throw new UserError(`No function has the tag ${text}. Nothing was changed.`);
  return names;
}

/**
 * Runs something that asks the account, with progress that can be cancelled. Undefined when the user cancelled it before it ended; what
 * else went wrong becomes a `UserError`.
 */
async function withAbort<T>(
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
