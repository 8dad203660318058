import { commands } from "vscode";
import { type KillOrder, tomorrowMorning } from "#core";
import type { OpenAccount } from "../account/accountState.ts";
import { accountCommands } from "../ids.ts";
import { asUserErrors, operationState } from "../operations/editor.ts";
import { UserError } from "../userError.ts";
import { changeKillOrder } from "./changeKillOrder.ts";
import { functionsWithTag } from "./functionsWithTag.ts";
import type { KillContext } from "./killContext.ts";
import { killUi } from "./killUi.ts";
import { killUiParts } from "./killUiParts.ts";
import { pickTargets } from "./pickTargets.ts";
import { reachAccount } from "./reachAccount.ts";

/** The reason of a kill for which nobody gives one: it claims nothing. */
const noReason = "Switched off from VS Code";

/** Switches functions off: those named, else what the user picks. Reads afresh, shows what will happen, asks once, and does it. */
export async function killSwitch(context: KillContext, given?: readonly string[]): Promise<void> {
  const { account, editor } = context;
  if (!(await reachAccount(account, () => commands.executeCommand(accountCommands.connect)))) return;
  await account.withSession((open) =>
    asUserErrors(async () => {
      const names = given ?? (await pickNames(context, open));
      if (names === undefined) return;
      if (names.length === 0) throw new UserError("No matching function in this account. Nothing was changed.");
      const { killFunctions } = await import("#operations");
      const ui = killUi(killUiParts(context, open));
      await killFunctions(
        { session: open.session, state: await operationState(editor, open), ui },
        { names, order: orderNow(), changeOrder: ({ preview, order }) => changeKillOrder(preview, order) },
      );
    }),
  );
}

function orderNow(): KillOrder {
  return { reason: noReason, until: tomorrowMorning(new Date()), leaveOne: false, mappings: new Map() };
}

async function pickNames(context: KillContext, open: OpenAccount): Promise<readonly string[] | undefined> {
  const picked = await pickTargets(context, open.snapshot);
  if (picked === undefined || !picked.byTag) return picked?.names;
  const tagged = await functionsWithTag(open.session, "Switch off functions by tag");
  return tagged && [...new Set([...picked.names, ...tagged])];
}
