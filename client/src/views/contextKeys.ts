import { commands, Disposable } from "vscode";
import type { Account } from "../account/accountState.ts";
import type { LanguageServer } from "../languageServer.ts";
import { contextValues } from "./contextValues.ts";

/** Tells `when` clauses how things stand, and only when that changes. */
export function keepContextKeys(account: Account, server: LanguageServer): Disposable {
  const set = contextSetter();
  const update = () => {
    for (const [key, value] of contextValues(account, server.state)) set(key, value);
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
