import { Disposable, StatusBarAlignment, ThemeColor, window } from "vscode";
import { accountKey, many, namesText } from "#core";
import type { Account } from "../account/accountState.ts";
import { viewIds } from "../ids.ts";
import type { KillsStore } from "./killsStore.ts";
import { nagging } from "./killsView.ts";

/** Reminds in the status bar of kills whose reminder is due. */
export function showExpired(store: KillsStore, account: Account): Disposable {
  const item = window.createStatusBarItem("lambdaConcurrency.kills", StatusBarAlignment.Left, 39);
  item.name = "Lambda Concurrency Kills";
  item.backgroundColor = new ThemeColor("statusBarItem.warningBackground");
  item.command = { command: `${viewIds.kills}.focus`, title: "Show Kill Switch" };
  const update = () => {
    const { state } = account;
    const key = state.kind === "connected" ? accountKey(state.snapshot.identity) : undefined;
    const expired = nagging(store.expired, key);
    if (expired.length === 0) {
      item.hide();
      return;
    }
    const names = namesText(expired.map(({ record }) => record.name));
    item.text = `$(warning) ${many(expired.length, "reminder")} due`;
    item.tooltip = `Reminder: still switched off: ${names}. Restore what is to run again; nothing is restored by itself.`;
    item.accessibilityInformation = {
      label: `Lambda Concurrency: ${many(expired.length, "reminder")} due, still switched off: ${names}`,
    };
    item.show();
  };
  update();
  return Disposable.from(item, store.onDidChange(update), account.onDidChange(update));
}
