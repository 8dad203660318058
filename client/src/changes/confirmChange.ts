import { window } from "vscode";
import { askInput } from "./askInput.ts";
import type { ChangeContext } from "./changeContext.ts";
import { type Confirmation, confirmationText } from "./confirmation.ts";
import { changesFolder } from "./freshFacts.ts";
import { knownEnvironments } from "./knownPools.ts";
import { allow, isAllowed, productionAccounts } from "./permission.ts";

/**
 * After an input has closed the editor gets the focus back a moment later, a preview later still, and would take it from a message that is open by then:
 * its buttons could not be reached with the keyboard. Milliseconds.
 */
const calm = 300;

/**
 * Has a change confirmed: a message that says what will happen and, for a production account, its name typed. Remembers that the
 * account may be changed. False: cancelled, and nothing may be called. Throws a `UserError` when the settings never allow changes.
 */
export async function confirmChange(
  context: Pick<ChangeContext, "memory" | "server">,
  confirmation: Confirmation,
): Promise<boolean> {
  return (await askChange(context, confirmation, [])) === true;
}

/** The same with further buttons; the text of the one that was pressed is the answer. */
export async function askChange<Other extends string>(
  { memory, server }: Pick<ChangeContext, "memory" | "server">,
  confirmation: Confirmation,
  others: readonly Other[],
): Promise<boolean | Other> {
  const { identity } = confirmation;
  const allowed = isAllowed(memory, identity);
  const { productionReason } = await import("#aws");
  const budgets = await knownEnvironments(server);
  const production = await productionReason(await changesFolder(), identity, budgets, productionAccounts());
  const standing = { first: !allowed, ...(production === undefined ? {} : { production }) };
  const { message, detail, button, typed } = confirmationText(confirmation, standing);
  await new Promise((resolve) => setTimeout(resolve, calm));
  const picked = await window.showWarningMessage(message, { modal: true, detail }, button, ...others);
  if (picked !== button) return others.find((other) => other === picked) ?? false;
  if (typed !== undefined && !(await isTyped(typed))) return false;
  if (!allowed) await allow(memory, identity);
  return true;
}

async function isTyped({ name, title, prompt }: { name: string; title: string; prompt: string }): Promise<boolean> {
  const text = await askInput({
    title,
    prompt,
    placeholder: name,
    // While it may still become the name, nobody is told that it is wrong; Enter is not taken either.
    judge: (typed) =>
      typed === name
        ? undefined
        : { severity: "error", message: name.startsWith(typed) ? `${name}: go on.` : `This is not ${name}.` },
  });
  return text === name;
}
