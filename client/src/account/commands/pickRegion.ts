import { window } from "vscode";
import { regionItems, withTyped } from "../connectItems.ts";
import type { AccountCommandContext } from "./accountCommandContext.ts";
import { replaceItems } from "./showTargets.ts";

/** Asks for a Region: those of the pools first, as soon as they are known, then those of the partition; another one can be typed. */
export async function pickRegion(
  { pools }: Pick<AccountCommandContext, "pools">,
  now: string | undefined,
): Promise<string | undefined> {
  const { regionsOf } = await import("#aws");
  const picker = window.createQuickPick();
  picker.title = "Region";
  picker.placeholder = now === undefined ? "No Region is chosen yet" : `Now ${now}`;
  picker.matchOnDescription = true;
  const items = () => {
    const known = pools.pools ?? [];
    const listed = regionItems({ pools: known, regions: regionsOf(now), ...(now === undefined ? {} : { now }) });
    return withTyped(listed, picker.value);
  };
  picker.items = items();
  picker.onDidChangeValue(() => {
    picker.items = items();
  });
  void pools.whenKnown().then(() => replaceItems(picker, items()));
  return new Promise((resolve) => {
    picker.onDidAccept(() => {
      resolve(picker.selectedItems[0]?.label);
      picker.hide();
    });
    picker.onDidHide(() => {
      resolve(undefined);
      picker.dispose();
    });
    picker.show();
  });
}
