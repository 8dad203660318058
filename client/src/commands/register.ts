import { Disposable, type LogOutputChannel, commands as registry } from "vscode";
import { showError } from "../errors.ts";
import { type CommandId, commands, showPlacesCommand } from "../ids.ts";
import type { CommandContext } from "./commandContext.ts";
import { createBudgetFile } from "./createBudgetFile.ts";
import { openRuleDocumentation } from "./openRuleDocumentation.ts";
import { showPlaces } from "./showPlaces.ts";

/** Registers the commands of files and the language server, and what code lenses call. */
export function registerCommands(context: CommandContext): Disposable {
  const { server, log } = context;
  const handlers: Readonly<Record<CommandId, (argument?: unknown) => unknown>> = {
    [commands.createBudgetFile]: (folder) => createBudgetFile(context, folder),
    [commands.openRuleDocumentation]: (rule) => openRuleDocumentation(context, rule),
    [commands.restartServer]: () => server.restart(),
    [commands.stopServer]: () => server.stop(),
    [commands.showOutput]: () => log.show(),
  };
  return Disposable.from(registerHandlers(handlers, log), registry.registerCommand(showPlacesCommand, showPlaces));
}

/** Registers commands by their ids; an error of any of them is shown. */
export function registerHandlers(
  handlers: Readonly<Record<string, (...args: readonly unknown[]) => unknown>>,
  log: LogOutputChannel,
): Disposable {
  const registered = Object.entries(handlers).map(([id, handler]) =>
    registry.registerCommand(id, async (...args: readonly unknown[]) => {
      try {
        return await handler(...args);
      } catch (error) {
        // Not awaited: a message may stay open for as long as the user likes.
        void showError(error, log);
      }
    }),
  );
  return Disposable.from(...registered);
}
