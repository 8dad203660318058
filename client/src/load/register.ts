import { type Disposable, type LogOutputChannel, workspace } from "vscode";
import { untrusted } from "../account/openAccount.ts";
import { registerHandlers } from "../commands/register.ts";
import { loadCommands } from "../ids.ts";
import { UserError } from "../userError.ts";
import { type LoadContext, throwLoad } from "./throwLoad.ts";

/** Registers the load test. Nothing of it is loaded before it is used. */
export function registerLoad(context: LoadContext & { readonly log: LogOutputChannel }): Disposable {
  const handlers = {
    [loadCommands.throwLoad]: (first: unknown) => {
      if (!workspace.isTrusted) throw new UserError(untrusted);
      return throwLoad(context, first);
    },
  };
  return registerHandlers(handlers, context.log);
}
