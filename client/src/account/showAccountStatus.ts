import { Disposable, MarkdownString, StatusBarAlignment, ThemeColor, window } from "vscode";
import { viewIds } from "../views/ids.ts";
import { poolFacts } from "../views/poolFacts.ts";
import type { PoolsStore } from "../views/poolsStore.ts";
import type { Account } from "./accountState.ts";
import { accountStatus } from "./accountStatus.ts";

/** Shows the account in the status bar once the user has connected. */
export function showAccountStatus(account: Account, pools: PoolsStore): Disposable {
  const item = window.createStatusBarItem("lambdaConcurrency.account", StatusBarAlignment.Left, 40);
  item.name = "Lambda Concurrency Account";
  item.command = { command: `${viewIds.account}.focus`, title: "Show Account" };
  const warning = new ThemeColor("statusBarItem.warningBackground");
  const update = () => {
    const { state, reading, everConnected } = account;
    if (state.kind === "connected") void pools.want();
    const { configuredFloor } = poolFacts(pools.pools ?? []);
    const floor = configuredFloor === undefined ? {} : { configuredFloor };
    const status = accountStatus({ state, reading, everConnected, ...floor });
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
  return Disposable.from(item, account.onDidChange(update), pools.onDidChange(update));
}
