import {
  Disposable,
  type LanguageStatusItem,
  LanguageStatusSeverity,
  languages,
  MarkdownString,
  StatusBarAlignment,
  ThemeColor,
  window,
} from "vscode";
import { servedDocuments } from "../documents.ts";
import { poolViewCommands, viewIds } from "../ids.ts";
import type { PoolsStore } from "../pools/poolsStore.ts";
import type { Account } from "./accountState.ts";
import { type AccountStatus, accountStatus } from "./accountStatus.ts";

const showCommand = { command: `${viewIds.account}.focus`, title: "Show Account" };

/** Shows the account in the status bar, and beside the language of a served document, once the user has connected. */
export function showAccountStatus(account: Account, pools: PoolsStore): Disposable {
  const item = window.createStatusBarItem("lambdaConcurrency.account", StatusBarAlignment.Left, 40);
  item.name = "Lambda Concurrency Account";
  item.command = showCommand;
  let beside: LanguageStatusItem | undefined;
  const warning = new ThemeColor("statusBarItem.warningBackground");
  const update = () => {
    const { state, reading, everConnected } = account;
    if (state.kind === "connected") void pools.want();
    const { configuredFloor } = pools.facts;
    const floor = configuredFloor === undefined ? {} : { configuredFloor };
    const status = accountStatus({ state, reading, everConnected, ...floor });
    if (status === undefined) {
      item.hide();
      beside?.dispose();
      beside = undefined;
      return;
    }
    item.text = status.text;
    item.tooltip = tooltipOf(status);
    item.accessibilityInformation = { label: status.spoken };
    item.backgroundColor = status.warning ? warning : undefined;
    item.show();
    beside ??= languages.createLanguageStatusItem("lambdaConcurrency.account", servedDocuments);
    showBeside(beside, status);
  };
  update();
  return Disposable.from(item, account.onDidChange(update), pools.onDidChange(update), {
    dispose: () => beside?.dispose(),
  });
}

/** What the status says, and a way to the picture; nothing else in it may run a command. */
function tooltipOf({ tooltip }: AccountStatus): MarkdownString {
  const text = new MarkdownString(`${tooltip}\n\n[Show Pool](command:${poolViewCommands.showPool})`);
  text.isTrusted = { enabledCommands: [poolViewCommands.showPool] };
  return text;
}

function showBeside(item: LanguageStatusItem, { text, why, warning }: AccountStatus): void {
  item.name = "Lambda Concurrency Account";
  item.text = text.replace(/^\$\([^)]*\) /, "");
  item.detail = why ?? "";
  item.severity = warning ? LanguageStatusSeverity.Warning : LanguageStatusSeverity.Information;
  item.command = showCommand;
}
