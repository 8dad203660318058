import { type Account, accountOf } from "../account/accountState.ts";
import { contextKeys } from "../ids.ts";
import type { ServerState } from "../languageServer.ts";
import { consoleUrl } from "./consoleUrl.ts";

/** What `when` clauses of the manifest ask for, as the account and the language server stand. */
export function contextValues(
  { state, reading }: Pick<Account, "state" | "reading">,
  server: ServerState,
): ReadonlyMap<string, unknown> {
  const snapshot = state.kind === "connected" || state.kind === "failed" ? state.snapshot : undefined;
  const identity = accountOf(state);
  return new Map<string, unknown>([
    [contextKeys.state, state.kind],
    [contextKeys.connected, snapshot !== undefined],
    [contextKeys.reading, reading],
    [contextKeys.console, identity !== undefined && consoleUrl(identity, "") !== undefined],
    [contextKeys.failure, state.kind === "failed" ? state.error.kind : undefined],
    [contextKeys.server, server],
  ]);
}
