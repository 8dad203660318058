import { type QuickPick, type QuickPickItem, QuickPickItemKind, window } from "vscode";
import type { ConnectItem, ConnectTarget } from "../connectItems.ts";

type Items<T> = readonly (ConnectItem & { readonly target?: T })[];
type Shown<T> = QuickPickItem & { readonly target?: T };

/**
 * Shows a list of what can be connected. Each of `lists` replaces the one before as soon as it is there: nobody waits for pools who
 * looks for a profile. Gives undefined when the user leaves; throws what the first list throws.
 */
export function showTargets<T extends ConnectTarget>(
  title: string,
  lists: readonly Promise<Items<T>>[],
): Promise<T | undefined> {
  const picker = window.createQuickPick<Shown<T>>();
  picker.title = title;
  picker.placeholder = "Pool, profile or demo account";
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  picker.busy = true;
  const replace = (items: Items<T>) => replaceItems(picker, items.map(asShown));
  return new Promise((resolve, reject) => {
    const fill = async () => {
      // What fails first is told; what fails later is nobody's any more.
      for (const list of lists) list.catch(() => undefined);
      for (const list of lists) {
        replace(await list);
        picker.busy = false;
      }
    };
    fill().catch((error: unknown) => {
      reject(error);
      picker.hide();
    });
    picker.onDidAccept(() => {
      const [picked] = picker.selectedItems;
      if (picked === undefined) return;
      resolve(picked.target);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}

/** Lists other items. Whoever has moved or typed keeps what they are on. */
export function replaceItems<T extends QuickPickItem>(picker: QuickPick<T>, items: readonly T[]): void {
  const choices = (all: readonly T[]) => all.filter(({ kind }) => kind !== QuickPickItemKind.Separator);
  const [active] = picker.activeItems;
  const keep = active !== choices(picker.items)[0] || picker.value !== "";
  picker.items = items;
  const again = keep ? choices(picker.items).find(({ label }) => label === active?.label) : undefined;
  if (again !== undefined) picker.activeItems = [again];
}

function asShown<T>(item: ConnectItem & { readonly target?: T }): Shown<T> {
  return "heading" in item ? { label: item.label, kind: QuickPickItemKind.Separator } : { ...item };
}
