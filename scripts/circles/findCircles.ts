import { type Import, sideBySide } from "./imports.ts";

/** Files or folders that lie side by side and import each other around in a circle. */
export interface Circle {
  readonly members: readonly string[];
  /** Each import between two members as `from -> to`, with the files' imports behind it. */
  readonly arrows: ReadonlyMap<string, readonly Import[]>;
}

/**
 * All circles between modules. At each level of the folders what lies side by side is compared, a folder standing for everything in it: that
 * finds circles between files as well as circles between folders that no chain of files closes.
 * @param known arrows (`from -> to`) that count as if they were not there
 */
export function findCircles(imports: readonly Import[], known: ReadonlySet<string> = new Set()): readonly Circle[] {
  const arrows = new Map<string, Map<string, Import[]>>();
  for (const one of imports) {
    const { from, to } = sideBySide(one);
    if (from === to || known.has(arrow(from, to))) continue;
    const out = arrows.get(from) ?? new Map<string, Import[]>();
    arrows.set(from, out);
    out.set(to, [...(out.get(to) ?? []), one]);
  }
  const next = (node: string) => arrows.get(node)?.keys() ?? [];
  return connected([...arrows.keys()].sort(), next).map((members) => ({
    members,
    arrows: new Map(
      members.flatMap((from) =>
        [...(arrows.get(from) ?? [])]
          .filter(([to]) => members.includes(to))
          .map(([to, behind]) => [arrow(from, to), behind] as const),
      ),
    ),
  }));
}

function arrow(from: string, to: string): string {
  return `${from} -> ${to}`;
}

/** Sets of at least two nodes that all reach each other: Tarjan's strongly connected components. */
function connected(nodes: readonly string[], next: (node: string) => Iterable<string>): readonly string[][] {
  const order = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (node: string): number => {
    const own = order.size;
    order.set(node, own);
    open.push(node);
    let low = own;
    for (const other of next(node)) {
      if (!order.has(other)) low = Math.min(low, visit(other));
      else if (open.includes(other)) low = Math.min(low, order.get(other) ?? low);
    }
    if (low === own) {
      const members = open.splice(open.indexOf(node));
      if (members.length > 1) found.push(members.sort());
    }
    return low;
  };
  for (const node of nodes) if (!order.has(node)) visit(node);
  return found;
}
