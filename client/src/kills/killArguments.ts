import type { ListedKill } from "#aws";
import type { ViewNode } from "../tree/node.ts";

/** What the editor hands to a command of a tree view or an editor. */
export interface KillArguments {
  readonly node: unknown;
  readonly selected: unknown;
}

/** The nodes that a tree view hands to a command: the node under the mouse, or all selected ones when it is among them. */
export function nodesOf({ node, selected }: KillArguments): readonly ViewNode[] {
  const handles = Array.isArray(selected) && selected.length > 0 ? selected : [node];
  return handles.flatMap((handle) => nodeOf(handle) ?? []);
}

/** The kills that are meant: those of the menu; where nothing is handed over, what is selected in the Kills view. */
export function selectedKills(
  { view }: { readonly view: { readonly selection: readonly ViewNode[] } },
  args: KillArguments,
): readonly ListedKill[] {
  const nodes = args.node === undefined && args.selected === undefined ? view.selection : nodesOf(args);
  return nodes.flatMap(({ subject }) => (subject?.kind === "kill" ? [subject.kill] : []));
}

/** What is being warmed: the rows of the menu. */
export function selectedAllocations(args: KillArguments): readonly { readonly key: string; readonly name: string }[] {
  return nodesOf(args).flatMap(({ subject }) => (subject?.kind === "allocation" ? [subject] : []));
}

function nodeOf(handle: unknown): ViewNode | undefined {
  if (typeof handle !== "object" || handle === null || !("node" in handle)) return undefined;
  return handle.node as ViewNode;
}
