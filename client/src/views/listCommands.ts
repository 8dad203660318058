import { type QuickPickItem, window } from "vscode";
import { filterWords, type SortOrder, sortOrders } from "#core";
import type { ViewCommandContext } from "./viewCommandContext.ts";

const orders: Readonly<Record<SortOrder, string>> = {
  name: "Name",
  reserved: "Reservation, largest first",
  use: "Use now, most first",
  throttles: "Throttles, most first",
};

/** Asks what the functions are to be sorted by. */
export async function sortFunctionsBy({ view }: ViewCommandContext): Promise<void> {
  const items = sortOrders.map((order): QuickPickItem & { readonly order: SortOrder } => ({
    label: order === view.sort ? `$(check) ${orders[order]} (current)` : orders[order],
    order,
  }));
  const picked = await window.showQuickPick(items, { placeHolder: "Sort the functions by" });
  if (picked !== undefined) view.sortBy(picked.order);
}

/** Filters while the user types, and looks around in the tree; Escape brings back the filter before. */
export function filterFunctionsBy({ view }: ViewCommandContext): Promise<void> {
  const before = view.filter;
  const input = window.createInputBox();
  input.title = "Filter Functions";
  input.value = before;
  // A click on what the filter has found must not take the filter away.
  input.ignoreFocusOut = true;
  input.placeholder = "Part of a name or stack, or a state";
  input.prompt = `Name, stack, runtime or state (${filterWords.join(", ")}); all words must match, e.g. "orders throttled".`;
  return new Promise((resolve) => {
    let kept = false;
    input.onDidChangeValue((value) => view.filterBy(value, false));
    input.onDidAccept(() => {
      kept = true;
      view.filterBy(input.value);
      input.hide();
    });
    input.onDidHide(() => {
      if (!kept) view.filterBy(before);
      input.dispose();
      resolve();
    });
    input.show();
  });
}
