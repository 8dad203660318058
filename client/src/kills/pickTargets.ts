import { Disposable, type QuickPick, type QuickPickItem, QuickPickItemKind, window } from "vscode";
import type { AccountSnapshot } from "#core";
import { shortPhrase } from "#core";
import type { PoolView } from "#protocol";
import { knownPools } from "../pools/knownPools.ts";
import type { KillContext } from "./killContext.ts";
import { type KillTarget, killTargets } from "./killTargets.ts";
import { typedItem } from "./typedItem.ts";

/** What was picked; `byTag`: the user wants to name a tag as well. */
export interface PickedTargets {
  readonly names: readonly string[];
  readonly byTag: boolean;
}

interface Item extends QuickPickItem {
  readonly id: string;
  readonly names: readonly string[];
}

const titles = { group: "Kill groups", stack: "Stacks", function: "Functions" } as const;
const icons = { group: "$(layers) ", stack: "$(package) ", function: "" } as const;

/**
 * Asks what is to be switched off: kill groups, stacks, functions, several at once. Enter without a check takes the row that is
 * highlighted, else the only one that fits what was typed. Kill groups come as soon as the language server has told them and nothing is
 * typed or checked. Undefined when the user cancels.
 */
export function pickTargets(
  { account, server }: Pick<KillContext, "account" | "server">,
  opened: AccountSnapshot,
): Promise<PickedTargets | undefined> {
  const pick = window.createQuickPick<Item>();
  pick.title = `Switch off functions · ${shortPhrase(opened.identity)}`;
  pick.placeholder = "Functions, stacks or kill groups. You see what happens before anything is done.";
  pick.canSelectMany = true;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.ignoreFocusOut = true;
  pick.busy = true;
  let pools: readonly PoolView[] = [];
  let shown = "";
  const update = () => {
    // A list that is replaced takes a mark along that is on its way here: then fewer functions would be switched off than were marked.
    if (pick.value !== "" || pick.selectedItems.length > 0) return;
    const { state } = account;
    const snapshot = state.kind === "connected" ? state.snapshot : opened;
    const targets = killTargets(snapshot, pools);
    const now = targets.map(({ id }) => id).join("\n");
    // Numbers that move are not worth a list that moves.
    if (now === shown) return;
    shown = now;
    show(pick, targets);
  };
  update();
  void knownPools(server).then((known) => {
    pools = known === "unread" ? [] : known;
    pick.busy = false;
    update();
  });
  const listening = [account.onDidChange(update), pick.onDidChangeValue(update), pick.onDidChangeSelection(update)];
  return answer(pick).finally(() => Disposable.from(...listening, pick).dispose());
}

function show(pick: QuickPick<Item>, targets: readonly KillTarget[]): void {
  const items = (["group", "stack", "function"] as const).flatMap((kind) => {
    const members = targets.filter((target) => target.kind === kind).map(itemOf);
    return members.length === 0 ? [] : [separator(titles[kind]), ...members];
  });
  pick.keepScrollPosition = true;
  pick.items = [...items, separator("More"), tagItem];
}

function itemOf({ id, kind, label, description, detail, names }: KillTarget): Item {
  return { id, label: `${icons[kind]}${label}`, description, names, ...(detail === undefined ? {} : { detail }) };
}

const tagItem: Item = {
  id: "tag",
  label: "$(tag) By Tag…",
  description: "every function that has a tag",
  names: [],
};

function separator(label: string): Item {
  return { id: `separator/${label}`, label, kind: QuickPickItemKind.Separator, names: [] };
}

function answer(pick: QuickPick<Item>): Promise<PickedTargets | undefined> {
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      const rows = pick.items.filter(({ kind }) => kind !== QuickPickItemKind.Separator);
      const items =
        [pick.selectedItems, pick.activeItems, typedItem(pick.value, rows)].find(({ length }) => length > 0) ?? [];
      if (items.length === 0) {
        pick.title = "Go to what is meant with the arrow keys, check it with Space, then press Enter";
        return;
      }
      resolve({
        names: [...new Set(items.flatMap(({ names }) => names))],
        byTag: items.some(({ id }) => id === tagItem.id),
      });
      pick.hide();
    });
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
}
