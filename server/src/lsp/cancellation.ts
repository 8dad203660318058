import { type CancellationToken, LSPErrorCodes, ResponseError } from "vscode-languageserver/node";

/** To be called after each wait: answers "cancelled" to a client that no longer wants the answer. */
export function stopIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested)
    throw new ResponseError(LSPErrorCodes.RequestCancelled, "The request was cancelled.");
}
