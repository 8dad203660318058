import { Range, type TextEditor, Uri, window, workspace } from "vscode";
import type { Location } from "vscode-languageclient";
import { UserError } from "../errors.ts";
import { type NamedPlace, placesOf, type TreeArguments, targetNodes } from "./targets.ts";
import type { ViewCommandContext } from "./viewCommandContext.ts";

/** Opens a place of a file and selects it. */
export async function openPlace(place: Location): Promise<TextEditor> {
  const { start, end } = place.range;
  const selection = new Range(start.line, start.character, end.line, end.character);
  return window.showTextDocument(Uri.parse(place.uri, true), { selection });
}

/** Opens the template resource, or the budget entry, of the function that was meant; asks when there are several. */
export async function goTo(
  context: ViewCommandContext,
  args: TreeArguments,
  kind: "template" | "budget",
): Promise<void> {
  const [node] = targetNodes({ ...args, selected: undefined }, context.view.selection);
  const found = node === undefined ? [] : placesOf(node, kind, context.pools.facts);
  const place = found.length > 1 ? await choose(found) : found[0];
  if (place !== undefined) await openPlace(place.place);
  else if (found.length === 0) {
    const what =
      kind === "template" ? "No template of this workspace declares" : "No budget file of this workspace grants";
    throw new UserError(`${what} ${node?.label ?? "a selected function"}.`);
  }
}

async function choose(places: readonly NamedPlace[]): Promise<NamedPlace | undefined> {
  const items = places.map((named) => ({
    label: named.label,
    description: `${workspace.asRelativePath(Uri.parse(named.place.uri))}:${named.place.range.start.line + 1}`,
    named,
  }));
  const picked = await window.showQuickPick(items, { placeHolder: "Where to go", matchOnDescription: true });
  return picked?.named;
}

/** Shows the function at the cursor of a template or budget file in the sidebar: live if it is there, else in its pool. */
export async function revealInTree({ server, view, budgetView, pools }: ViewCommandContext): Promise<void> {
  const editor = window.activeTextEditor;
  if (editor === undefined) throw new UserError("Open a template or a budget file and put the cursor on a function.");
  if (server.client === undefined) {
    throw new UserError("The language server is not running. Run “Lambda Concurrency: Restart Language Server”.");
  }
  const { functionAtRequest } = await import("../languageClient.ts");
  const { line, character } = editor.selection.active;
  const found = await server.client.sendRequest(functionAtRequest, {
    uri: editor.document.uri.toString(),
    position: { line, character },
  });
  if (found === null)
    throw new UserError("There is no function at the cursor. Put it on a function of a template or budget.");
  if (found.arn !== undefined && (await view.reveal(found.arn))) return;
  await pools.want();
  if (await budgetView.reveal(found.pool, found.key)) return;
  throw new UserError(
    `${found.name ?? found.key} is not in the sidebar: open its view and, for live values, connect to its account.`,
  );
}
