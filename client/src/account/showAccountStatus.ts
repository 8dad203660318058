import { commands, Disposable, MarkdownString, StatusBarAlignment, ThemeColor, window } from "vscode";
import { contextKeys } from "../ids.ts";
import { viewIds } from "../views/ids.ts";
import type { Account } from "./accountState.ts";
import { accountStatus } from "./accountStatus.ts";

/** Shows the account in the status bar once the user has connected, and keeps the context keys of `when` clauses. */
export function showAccountStatus(account: Account): Disposable {
  const item = window.createStatusBarItem("lambdaConcurrency.account", StatusBarAlignment.Left, 40);
  item.name = "Lambda Concurrency Account";
  item.command = { command: `${viewIds.account}.focus`, title: "Show Account" };
  const warning = new ThemeColor("statusBarItem.warningBackground");
  const known = new Map<string, unknown>();
  const tell = (key: string, value: unknown) => {
    if (known.get(key) === value) return;
    known.set(key, value);
    void commands.executeCommand("setContext", key, value);
  };
  const update = () => {
    const { state, reading } = account;
    tell(
      contextKeys.connected,
      state.kind === "connected" || (state.kind === "failed" && state.snapshot !== undefined),
    );
    tell(contextKeys.reading, reading);
    const status = accountStatus(account);
    if (status === undefined) {
      item.hide();
      return;
    }
    item.text = status.text;
    item.tooltip = new MarkdownString(status.tooltip);
    item.accessibilityInformation = { label: status.spoken };
    item.backgroundColor = status.warning ? warning : undefined;
    item.show();
  };
  update();
  return Disposable.from(item, account.onDidChange(update));
}
