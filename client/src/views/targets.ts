import type { Location } from "vscode-languageclient";
import type { PoolFacts } from "../pools/poolFacts.ts";
import type { ViewNode } from "../tree/node.ts";
import type { Handle } from "../tree/nodeTree.ts";

/** What the editor hands to a command of a tree view: the node under the mouse, and all selected ones when it is among them. */
export interface TreeArguments {
  readonly node: unknown;
  readonly selected: unknown;
}

/** The nodes that a command works on: those of the menu, else what is selected in the account tree. */
export function targetNodes({ node, selected }: TreeArguments, selection: readonly ViewNode[]): readonly ViewNode[] {
  const handles = Array.isArray(selected) && selected.length > 0 ? selected : node === undefined ? [] : [node];
  const nodes = handles.filter(isHandle).map((handle) => handle.node);
  return nodes.length > 0 ? nodes : selection;
}

/** A function that a node stands for. */
export interface TargetFunction {
  readonly name: string;
  /** Absent for a function that the account does not have. */
  readonly arn: string | undefined;
}

/** The functions that nodes stand for, each once. */
export function functionsOf(nodes: readonly ViewNode[]): readonly TargetFunction[] {
  const found = new Map<string, TargetFunction>();
  for (const { subject } of nodes) {
    if (subject?.kind === "function") found.set(subject.fn.arn, subject.fn);
    if (subject?.kind === "row" && subject.row.name !== undefined) {
      const { name, arn } = subject.row;
      found.set(arn ?? name, { name, arn });
    }
  }
  return [...found.values()];
}

/** A place, and how a list calls it. */
export interface NamedPlace {
  readonly place: Location;
  readonly label: string;
}

/** Where the files speak of what a node stands for: the resources of templates, or the entries of budgets; each place once. */
export function placesOf({ subject }: ViewNode, kind: "template" | "budget", facts: PoolFacts): readonly NamedPlace[] {
  if (subject?.kind === "pool") {
    const { place, name } = subject.pool;
    return place === undefined ? [] : [{ place, label: name }];
  }
  const rows =
    subject?.kind === "row" ? [subject] : subject?.kind === "function" ? (facts.entries.get(subject.fn.arn) ?? []) : [];
  const places = new Map<string, NamedPlace>();
  for (const { row, pool } of rows) {
    const place = row.places[kind];
    if (place !== undefined) places.set(JSON.stringify(place), { place, label: `${pool.name}: ${row.key}` });
  }
  return [...places.values()];
}

function isHandle(value: unknown): value is Handle {
  return typeof value === "object" && value !== null && "node" in value;
}
