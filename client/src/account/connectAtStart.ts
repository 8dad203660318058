import { Disposable, type LogOutputChannel, workspace } from "vscode";
import { section, settings } from "../ids.ts";
import { choiceOfSettings, demoChoice } from "./accountSettings.ts";
import type { AccountParts } from "./createAccount.ts";

/**
 * Connects when the window opens, if the machine's settings say so, or as soon as the workspace is trusted. A failure is shown by the view
 * and the status bar, never by a message.
 */
export function connectAtStart(
  { account, demo }: Pick<AccountParts, "account" | "demo">,
  log: LogOutputChannel,
): Disposable {
  const what = workspace.getConfiguration(section).get(settings.connectAtStart, "off");
  if (what === "off") return Disposable.from();
  const connect = async () => {
    if (account.state.kind !== "disconnected") return;
    try {
      await account.connect(what === "demo" ? await demoChoice(demo) : choiceOfSettings());
    } catch (error) {
      log.warn("Nothing was connected at the start.", error);
    }
  };
  if (!workspace.isTrusted) return workspace.onDidGrantWorkspaceTrust(connect);
  void connect();
  return Disposable.from();
}
