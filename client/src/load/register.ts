import { type Disposable, type LogOutputChannel, workspace } from "vscode";
import { loweredMaxima } from "#core";
import { untrusted } from "../account/openAccount.ts";
import { registerHandlers } from "../commands/register.ts";
import { loadCommands, section, settings } from "../ids.ts";
import { UserError } from "../userError.ts";
import { type LoadContext, throwLoad } from "./throwLoad.ts";

/** Registers the load test. Nothing of it is loaded before it is used. */
export function registerLoad(parts: Omit<LoadContext, "maxima"> & { readonly log: LogOutputChannel }): Disposable {
  const maxima = () => loweredMaxima(workspace.getConfiguration(section).get<unknown>(settings.loadMaxima));
  const context: LoadContext = { ...parts, maxima };
  const handlers = {
    [loadCommands.throwLoad]: (first: unknown) => {
      if (!workspace.isTrusted) throw new UserError(untrusted);
      return throwLoad(context, first);
    },
  };
  return registerHandlers(handlers, parts.log);
}
