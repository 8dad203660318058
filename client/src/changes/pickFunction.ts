import { window } from "vscode";
import type { AccountSnapshot, LiveFunction } from "#core";
import { UserError } from "../userError.ts";
import { shortPhrase, shortValue } from "../views/text.ts";

/** Asks for a function of the account. Undefined when the user cancels. */
export async function pickFunction(
  { functions, identity }: AccountSnapshot,
  title: string,
  isFit: (fn: LiveFunction) => boolean,
): Promise<string | undefined> {
  const fit = functions.filter(isFit);
  if (fit.length === 0) throw new UserError(`${shortPhrase(identity)} has no function for this.`);
  const items = fit.map((fn) => ({
    label: fn.name,
    description: fn.reserved === null ? "no reservation" : `${shortValue(fn.reserved)} reserved`,
    ...(fn.stack === undefined ? {} : { detail: `Stack ${fn.stack.name}` }),
  }));
  const picked = await window.showQuickPick(items, {
    title: `${title} · ${shortPhrase(identity)}`,
    placeHolder: "Function",
    matchOnDetail: true,
  });
  return picked?.label;
}
