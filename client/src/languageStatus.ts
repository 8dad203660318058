import { type Command, Disposable, LanguageStatusSeverity, languages } from "vscode";
import { servedDocuments } from "./documents.ts";
import { commands } from "./ids.ts";
import type { LanguageServer } from "./languageServer.ts";
import { type StatusView, viewOf } from "./statusView.ts";

const severities = {
  information: LanguageStatusSeverity.Information,
  warning: LanguageStatusSeverity.Warning,
  error: LanguageStatusSeverity.Error,
} as const;

const statusCommands: Readonly<Record<StatusView["command"], Command>> = {
  showOutput: { command: commands.showOutput, title: "Show Output" },
  restartServer: { command: commands.restartServer, title: "Start" },
};

/** Shows, beside the language of a served document, whether the server runs and how the pools stand. */
export function showLanguageStatus(server: LanguageServer): Disposable {
  const item = languages.createLanguageStatusItem("lambdaConcurrency.status", servedDocuments);
  item.name = "Lambda Concurrency";
  const update = () => {
    const view = viewOf(server.state, server.status);
    item.text = view.text;
    item.detail = view.detail;
    item.busy = view.busy;
    item.severity = severities[view.severity];
    item.command = statusCommands[view.command];
  };
  update();
  return Disposable.from(item, server.onDidChange(update));
}
