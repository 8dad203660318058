import { Disposable, type LogOutputChannel, commands as registry, type Uri } from "vscode";
import { showError } from "../errors.ts";
import { type CommandId, commands, showPlacesCommand } from "../ids.ts";
import type { LanguageServer } from "../languageServer.ts";
import { createBudgetFile } from "./createBudgetFile.ts";
import { openRuleDocumentation } from "./openRuleDocumentation.ts";
import { showPlaces } from "./showPlaces.ts";

/** What the commands work on. */
export interface CommandContext {
  readonly server: LanguageServer;
  readonly log: LogOutputChannel;
  /** Where a file of the extension is installed. */
  readonly extensionFile: (path: string) => Uri;
}

/** Registers every command of the manifest, and what code lenses call; an error of any of them is shown. */
export function registerCommands(context: CommandContext): Disposable {
  const { server, log } = context;
  const handlers: Readonly<Record<CommandId, (argument?: unknown) => unknown>> = {
    [commands.createBudgetFile]: (folder) => createBudgetFile(context, folder),
    [commands.openRuleDocumentation]: (rule) => openRuleDocumentation(context, rule),
    [commands.restartServer]: () => server.restart(),
    [commands.stopServer]: () => server.stop(),
    [commands.showOutput]: () => log.show(),
  };
  const registered = Object.entries(handlers).map(([id, handler]) =>
    registry.registerCommand(id, async (argument?: unknown) => {
      try {
        return await handler(argument);
      } catch (error) {
        // Not awaited: a message may stay open for as long as the user likes.
        void showError(error, log);
      }
    }),
  );
  return Disposable.from(...registered, registry.registerCommand(showPlacesCommand, showPlaces));
}
