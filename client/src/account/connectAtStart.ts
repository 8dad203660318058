import { type LogOutputChannel, workspace } from "vscode";
import { section, settings } from "../ids.ts";
import type { AccountParts } from "./createAccount.ts";
import { demoChoice, startChoice } from "./startChoice.ts";

/** Connects when the window opens, if the machine's settings say so and the workspace is trusted. A failure is shown by the view, never by a message. */
export function connectAtStart({ account, demo }: Pick<AccountParts, "account" | "demo">, log: LogOutputChannel): void {
  const configuration = workspace.getConfiguration(section);
  const what = configuration.get(settings.connectAtStart, "off");
  if (what === "off" || !workspace.isTrusted) return;
  const connect = async () => account.connect(what === "demo" ? await demoChoice(demo) : startChoice());
  connect().catch((error: unknown) => log.warn("Nothing was connected at the start.", error));
}
