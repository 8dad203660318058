import type { Scope } from "../intrinsics/evaluated.ts";
import type { Evaluator } from "../intrinsics/evaluator.ts";
import { entriesOf } from "../intrinsics/forEach.ts";
import { textOf } from "../intrinsics/nodeText.ts";
import type { Place } from "../model.ts";
import { asMap, deref, get } from "../syntax/lookup.ts";
import type { MapNode, Node } from "../syntax/nodes.ts";

/** A resource of a template, loops expanded. */
export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  readonly keyNode: Node;
  readonly map: MapNode;
  readonly scope: Scope;
}

/** The resources of a template by logical id, in the order of the file, and what hides others. */
export interface Resources {
  readonly byId: ReadonlyMap<string, Resource>;
  readonly blindSpots: readonly BlindSpot[];
}

export interface BlindSpot {
  readonly place: Place;
  readonly reason: string;
  /** The most that is claimed there, where that is known. */
  readonly most?: number;
  /** More stands there than is read. */
  readonly cut?: true;
}

/** Reads the `Resources` section once. Resources without a readable type are left out. */
export function readResources(evaluator: Evaluator, root: Node | undefined): Resources {
  const section = get(root, "Resources");
  const map = asMap(section);
  const byId = new Map<string, Resource>();
  const blindSpots: BlindSpot[] = [];
  const hidden = new Set<Node>();
  const hide = (node: Node, reason: string, cut?: true) => {
    if (hidden.has(node)) return;
    hidden.add(node);
    blindSpots.push({ place: evaluator.placeOf(node), reason, ...(cut && { cut }) });
  };
  if (!map) {
    const target = deref(section);
    const empty = !target || (target.kind === "scalar" && target.value === null);
    if (section && !empty) hide(section, "Resources is not a mapping");
    return { byId, blindSpots };
  }
  const { entries, problems } = entriesOf(map, undefined, evaluator.evaluate);
  for (const problem of problems) hide(problem.node, problem.reason, problem.cut);
  for (const entry of entries) {
    if (entry.key === "Fn::Transform") {
      hide(entry.keyNode, "Fn::Transform adds resources at deployment");
      continue;
    }
    const resource = asMap(entry.value);
    const type = resource && textOf(get(resource, "Type"), entry.scope);
    if (!resource || type === undefined) continue;
    if (type.endsWith("::MODULE")) hide(entry.keyNode, `module ${type} adds resources at deployment`);
    const before = byId.get(entry.key);
    if (before && before.scope !== entry.scope) hide(entry.keyNode, `two loops or resources make ${entry.key}`);
    else byId.set(entry.key, { logicalId: entry.key, type, keyNode: entry.keyNode, map: resource, scope: entry.scope });
  }
  return { byId, blindSpots };
}
