import { type QuickPickItem, QuickPickItemKind, window } from "vscode";
import { accountKey, shortPhrase } from "#core";
import type { OpenAccount } from "../account/accountState.ts";
import { knownPools } from "../pools/knownPools.ts";
import { UserError } from "../userError.ts";
import { functionsWithTag } from "./functionsWithTag.ts";
import type { KillContext } from "./killContext.ts";
import { type RestoreTarget, restoreTargets } from "./restoreTargets.ts";

/** What is to be restored. */
export interface PickedKills {
  readonly names: readonly string[];
  /** Those of `names` that are known to be killed; the others were only selected by a tag. */
  readonly required: readonly string[];
}

interface Item extends QuickPickItem {
  readonly names: readonly string[];
  readonly byTag?: true;
}

const titles = { group: "Kill groups", stack: "Stacks", kill: "Kills" } as const;
const icons = { group: "$(layers) ", stack: "$(package) ", kill: "" } as const;

/** Asks which kills of the connected account are to be restored. Undefined when the user cancels. */
export async function pickKills(
  { store, server }: Pick<KillContext, "store" | "server">,
  { session, snapshot }: OpenAccount,
): Promise<PickedKills | undefined> {
  const { identity } = session;
  await store.look();
  const kills = (store.known?.kills ?? []).filter((kill) => kill.key === accountKey(identity));
  if (kills.length === 0)
    throw new UserError(`Nothing of ${shortPhrase(identity)} was switched off by the kill switch.`);
  const items = knownPools(server).then((pools) =>
    itemsOf(restoreTargets(kills, snapshot, pools === "unread" ? [] : pools, new Date()), kills.length === 1),
  );
  const picked = await window.showQuickPick<Item>(items, {
    title: `Restore functions · ${shortPhrase(identity)}`,
    placeHolder: "What is to be as it was before its kill",
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  if (picked === undefined) return undefined;
  const required = [...new Set(picked.flatMap(({ names }) => names))];
  if (!picked.some(({ byTag }) => byTag)) return { names: required, required };
  const tagged = await functionsWithTag(session, "Restore functions by tag");
  return tagged && { names: [...new Set([...required, ...tagged])], required };
}

function itemsOf(targets: readonly RestoreTarget[], onlyOne: boolean): Item[] {
  const items = (["group", "stack", "kill"] as const).flatMap((kind): readonly Item[] => {
    const members = targets.filter((target) => target.kind === kind);
    if (members.length === 0) return [];
    const rows = members.map(({ label, ...rest }) => ({
      ...rest,
      kind: QuickPickItemKind.Default,
      label: `${icons[kind]}${label}`,
      picked: onlyOne && kind === "kill",
    }));
    return [separator(titles[kind]), ...rows];
  });
  const byTag: Item = {
    label: "$(tag) By Tag…",
    description: "every killed function that has a tag",
    names: [],
    byTag: true,
  };
  return [...items, separator("More"), byTag];
}

function separator(label: string): Item {
  return { label, kind: QuickPickItemKind.Separator, names: [] };
}
