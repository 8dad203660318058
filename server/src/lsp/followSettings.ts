import { DidChangeConfigurationNotification } from "vscode-languageserver/node";
import type { Collaborators } from "./collaborators.ts";
import { sendQuietly } from "./sendQuietly.ts";
import { readSettings } from "./settings.ts";

const section = "lambdaConcurrency";

/** Asks the client for the settings, when it can be asked; when it refuses, they stay what they were. */
export async function loadSettings({ connection, client, settings, faults }: Collaborators): Promise<void> {
  if (!client.configuration) return;
  const asked = connection.workspace.getConfiguration(section).then((sent) => {
    settings.current = readSettings(sent);
  });
  await faults.watch("Reading the settings", asked);
}

/** Follows changes of the settings. */
export function registerSettings(all: Collaborators): void {
  const { connection, client, settings, analyser, followUp, ready } = all;
  connection.onDidChangeConfiguration(async ({ settings: sent }) => {
    await ready;
    if (client.configuration) await loadSettings(all);
    else settings.current = readSettings(sent?.[section] ?? sent);
    analyser.invalidate();
    followUp.showAgain();
    followUp.schedule();
  });
  if (!client.registersConfiguration) return;
  ready.then(() => sendQuietly(() => connection.client.register(DidChangeConfigurationNotification.type, { section })));
}
