import type { AccountSnapshot, LiveFunction } from "#core";
import { shortPhrase, valueText } from "#core";
import type { EditorWindow } from "../operations/editorWindow.ts";
import { UserError } from "../userError.ts";

/** Asks for a function of the account. Undefined when the user cancels. */
export async function pickFunction(
  window: EditorWindow,
  { functions, identity }: AccountSnapshot,
  title: string,
  isFit: (fn: LiveFunction) => boolean,
): Promise<string | undefined> {
  const fit = functions.filter(isFit);
  if (fit.length === 0) throw new UserError(`${shortPhrase(identity)} has no function for this.`);
  const items = fit.map((fn) => ({
    label: fn.name,
    value: fn.name,
    description: fn.reserved === null ? "no reservation" : `${valueText(fn.reserved)} reserved`,
    ...(fn.stack === undefined ? {} : { detail: `Stack ${fn.stack.name}` }),
  }));
  return await window.pick({ title: `${title} · ${shortPhrase(identity)}`, placeholder: "Function", items });
}
