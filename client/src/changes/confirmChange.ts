import type { Confirmation } from "../operations/confirmation.ts";
import { editorUi } from "../operations/editorUi.ts";
import { permissionIn, productionAccounts } from "../operations/permission.ts";
import { vscodeWindow } from "../operations/vscodeWindow.ts";
import type { ChangeContext } from "./changeContext.ts";
import { changesFolder } from "./freshFacts.ts";
import { knownEnvironments } from "./knownPools.ts";

/**
 * Has a change confirmed: a message that says what will happen and, for a production account, its name typed. Remembers that the
 * account may be changed. False: cancelled, and nothing may be called; another button is the answer as its text. Throws a
 * `UserError` when the settings never allow changes.
 */
export async function askChange<Other extends string>(
  { memory, server, documents }: Pick<ChangeContext, "memory" | "server" | "documents">,
  { question, ...confirmation }: Confirmation,
  others: readonly Other[],
): Promise<boolean | Other> {
  const { identity } = confirmation;
  const { productionReason } = await import("#aws");
  const budgets = await knownEnvironments(server);
  const production = await productionReason(await changesFolder(), identity, budgets, productionAccounts());
  const ui = editorUi({ window: vscodeWindow(documents), permission: permissionIn(memory), checkCurrent() {} });
  const { kind, account } = await ui.confirm<Other>({
    ...confirmation,
    what: question.replace(/\?$/, ""),
    others,
    ...(production !== undefined && { production }),
  });
  if (kind !== "yes") return kind === "no" ? false : kind;
  return production === undefined || account === identity.account || account === identity.alias;
}
