import { window } from "vscode";
import { accountKey, callerText, isoText, shortPhrase, stateText } from "#core";
import type { OpenAccount } from "../account/accountState.ts";
import { UserError } from "../userError.ts";
import type { KillContext } from "./killContext.ts";

/** Asks which kills of the connected account are to be restored. Undefined when the user cancels. */
export async function pickKills(
  { store }: Pick<KillContext, "store">,
  { session: { identity } }: OpenAccount,
): Promise<readonly string[] | undefined> {
  await store.look();
  const key = accountKey(identity);
  const now = new Date();
  const kills = (store.known?.kills ?? []).filter((kill) => kill.key === key);
  if (kills.length === 0)
    throw new UserError(`Nothing of ${shortPhrase(identity)} was switched off by the kill switch.`);
  const expired = new Set(store.expired);
  const items = kills.map((kill) => ({
    label: kill.record.name,
    description: [
      ...(expired.has(kill) ? ["$(warning) reminder due"] : []),
      `since ${isoText(kill.record.at, now)}`,
      callerText(kill.record.who),
      kill.record.reason,
    ].join(" · "),
    detail: `Comes back: ${stateText(kill.record.before)}`,
    picked: kills.length === 1,
  }));
  const picked = await window.showQuickPick(items, {
    title: `Restore functions · ${shortPhrase(identity)}`,
    placeHolder: "What is to be as it was before its kill",
    canPickMany: true,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return picked?.map(({ label }) => label);
}
