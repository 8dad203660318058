import type { NodeSubject, ViewNode } from "../tree/node.ts";

/** As many as the setting `usage.functions` allows; what it says itself is applied where they are read. */
const mostShown = 1000;

/**
 * Names of the functions whose use matters now: the selected ones, then those of open groups from top to bottom. Each once, at most 1,000.
 * @param open is the group with this id expanded?
 */
export function visibleFunctions(
  nodes: readonly ViewNode[],
  selected: readonly ViewNode[],
  open: (id: string) => boolean,
): readonly string[] {
  const names = new Set<string>();
  const take = (subject: NodeSubject | undefined) => {
    if (names.size < mostShown && subject?.kind === "function") names.add(subject.fn.name);
  };
  for (const { subject } of selected) take(subject);
  for (const { id, children = [] } of nodes) {
    if (open(id)) for (const { subject } of children) take(subject);
  }
  return [...names];
}
