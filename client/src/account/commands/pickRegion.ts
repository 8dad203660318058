import { window } from "vscode";
import { regionItems } from "../regionItems.ts";
import type { AccountCommandContext } from "./accountCommandContext.ts";
import { fetchPools } from "./fetchPools.ts";

/** Asks for a Region: those of the pools first, then those of the partition; another one can be typed. */
export async function pickRegion(
  { server }: Pick<AccountCommandContext, "server">,
  now: string | undefined,
): Promise<string | undefined> {
  const { regionsOf } = await import("#aws");
  const pools = await fetchPools(server, 1000);
  const picker = window.createQuickPick();
  picker.title = "Region";
  picker.placeholder = now === undefined ? "No Region is chosen yet" : `Now ${now}`;
  picker.matchOnDescription = true;
  const listed = regionItems({ pools, regions: regionsOf(now), ...(now === undefined ? {} : { now }) });
  picker.items = listed;
  picker.onDidChangeValue((text) => {
    const typed = text.trim();
    const own = /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(typed) && !listed.some(({ label }) => label === typed);
    picker.items = own ? [...listed, { label: typed, description: "as typed" }] : listed;
  });
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
