import { env, Uri, window } from "vscode";
import { UserError } from "../errors.ts";
import { viewIds } from "../ids.ts";
import type { ViewNode } from "../tree/node.ts";
import type { Handle } from "../tree/nodeTree.ts";
import { shownSnapshot } from "./accountNodes.ts";
import { consoleUrl } from "./consoleUrl.ts";
import type { ViewCommandContext } from "./viewCommandContext.ts";

/** What the editor hands to a command of a tree view: the node under the mouse, and all selected ones when it is among them. */
export interface TreeArguments {
  readonly node: unknown;
  readonly selected: unknown;
}

/** The nodes that a command is meant for: those of the menu, else what is selected in the account tree. */
export function meantNodes({ view }: ViewCommandContext, { node, selected }: TreeArguments): readonly ViewNode[] {
  const handles = Array.isArray(selected) && selected.length > 0 ? selected : node === undefined ? [] : [node];
  const nodes = handles.filter(isHandle).map((handle) => handle.node);
  return nodes.length > 0 ? nodes : view.selection;
}

function isHandle(value: unknown): value is Handle {
  return typeof value === "object" && value !== null && "node" in value;
}

/** A function that a node stands for. */
interface Named {
  readonly name: string;
  readonly arn: string | undefined;
}

/** The functions that nodes stand for, each once. */
function namedBy(nodes: readonly ViewNode[]): readonly Named[] {
  const found = new Map<string, Named>();
  for (const { subject } of nodes) {
    if (subject?.kind === "function") found.set(subject.fn.arn, subject.fn);
    if (subject?.kind === "row" && subject.row.name !== undefined) {
      const { name, arn } = subject.row;
      found.set(arn ?? name, { name, arn });
    }
  }
  return [...found.values()];
}

const selectFirst = "Select a function in the view “Account” of Lambda Concurrency first.";

/** Copies the names of the selected functions, one per line. */
export async function copyNames(context: ViewCommandContext, args: TreeArguments): Promise<void> {
  await copy(namedBy(meantNodes(context, args)).map(({ name }) => name));
}

/** Copies the ARNs of the selected functions, one per line. */
export async function copyArns(context: ViewCommandContext, args: TreeArguments): Promise<void> {
  await copy(namedBy(meantNodes(context, args)).flatMap(({ arn }) => arn ?? []));
}

async function copy(lines: readonly string[]): Promise<void> {
  if (lines.length === 0) throw new UserError(selectFirst);
  await env.clipboard.writeText(lines.join("\n"));
}

/** Opens a function in the web console of its account's partition and Region. */
export async function openInConsole(context: ViewCommandContext, args: TreeArguments): Promise<void> {
  const [fn] = namedBy(meantNodes(context, { ...args, selected: undefined }));
  const snapshot = shownSnapshot(context.account.state);
  if (fn === undefined || snapshot === undefined) throw new UserError(selectFirst);
  const url = consoleUrl(snapshot.identity, fn.name);
  if (url === undefined) throw new UserError(`There is no AWS console for ${snapshot.identity.account} here.`);
  await env.openExternal(Uri.parse(url, true));
}

/** Reads the selected functions again, with what hangs on them; stops at the first that fails, because the tree then says why. */
export async function refreshFunctions(context: ViewCommandContext, args: TreeArguments): Promise<void> {
  const functions = namedBy(meantNodes(context, args));
  if (functions.length === 0) throw new UserError(selectFirst);
  const { account } = context;
  await window.withProgress({ location: { viewId: viewIds.account } }, async () => {
    for (const { name } of functions) {
      await account.refreshFunction(name);
      if (account.state.kind !== "connected") return;
    }
  });
}
