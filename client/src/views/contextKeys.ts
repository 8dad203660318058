import { commands, Disposable } from "vscode";
import { type Account, accountOf } from "../account/accountState.ts";
import { contextKeys } from "../ids.ts";
import type { LanguageServer } from "../languageServer.ts";
import { consoleUrl } from "./consoleUrl.ts";

/** Tells `when` clauses how things stand, and only when that changes. */
export function keepContextKeys(account: Account, server: LanguageServer): Disposable {
  const set = contextSetter();
  const update = () => {
    const { state, reading } = account;
    const snapshot = state.kind === "connected" || state.kind === "failed" ? state.snapshot : undefined;
    const identity = accountOf(state);
    set(contextKeys.state, state.kind);
    set(contextKeys.connected, snapshot !== undefined);
    set(contextKeys.reading, reading);
    set(contextKeys.console, identity !== undefined && consoleUrl(identity, "") !== undefined);
    set(contextKeys.failure, state.kind === "failed" ? state.error.kind : undefined);
    set(contextKeys.server, server.state);
  };
  update();
  return Disposable.from(account.onDidChange(update), server.onDidChange(update));
}

/** Sets context keys, leaving out what is set already. */
export function contextSetter(): (key: string, value: unknown) => void {
  const known = new Map<string, unknown>();
  return (key, value) => {
    if (known.has(key) && known.get(key) === value) return;
    known.set(key, value);
    void commands.executeCommand("setContext", key, value);
  };
}
