import { commands } from "vscode";
import { accountCommands } from "../ids.ts";
import { asUserErrors, operationState } from "../operations/editor.ts";
import type { KillContext } from "./killContext.ts";
import { killUiParts } from "./killUiParts.ts";
import { pickKills } from "./pickKills.ts";
import { reachAccount } from "./reachAccount.ts";
import { restoreUi } from "./restoreUi.ts";

/** Puts functions back as they were before their kill: those named, else what the user picks. */
export async function restoreKills(context: KillContext, given?: readonly string[]): Promise<void> {
  const { account, editor } = context;
  if (!(await reachAccount(account, () => commands.executeCommand(accountCommands.connect)))) return;
  await account.withSession((open) =>
    asUserErrors(async () => {
      const meant = given === undefined ? await pickKills(context, open) : { names: given, required: given };
      if (meant === undefined || meant.names.length === 0) return;
      const { restoreFunctions } = await import("#operations");
      const floor = await editor.statedFloor();
      await restoreFunctions(
        {
          session: open.session,
          state: await operationState(editor, open),
          ui: restoreUi(killUiParts(context, open)),
        },
        { ...meant, ...(floor !== undefined && { floor }) },
      );
    }),
  );
}
