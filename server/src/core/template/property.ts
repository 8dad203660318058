import { type Entry, memberOf } from "../intrinsics/entries.ts";
import { type Evaluated, nothing, type Scope } from "../intrinsics/evaluated.ts";
import type { Evaluator } from "../intrinsics/evaluator.ts";
import { intrinsicOf } from "../intrinsics/intrinsic.ts";
import { asMap, deref, get } from "../syntax/lookup.ts";
import type { MapNode, Node } from "../syntax/nodes.ts";
import type { Resource } from "./resources.ts";

/** Where a property of a resource is written. */
export interface Property {
  readonly entry: Entry;
  readonly from: "resource" | "globals";
  /** Both sides are mappings, so members that `entry` lacks come from here. */
  readonly inherited?: Entry;
}

/** Reads the properties of one resource, SAM's `Globals` merged in. */
export interface Properties {
  /** The mapping as written. */
  readonly map: MapNode | undefined;
  readonly scope: Scope;
  get(key: string): Property | undefined;
  /** Why what is not written may still be set; undefined when the properties are all there. */
  readonly hidden: string | undefined;
}

/** The `Globals.Function` section of a SAM template. */
export function globalsOf(root: Node | undefined): MapNode | undefined {
  return asMap(get(get(root, "Globals"), "Function"));
}

/** `globals` is left out for resources that are not of SAM. */
export function propertiesOf(evaluator: Evaluator, resource: Resource, globals: MapNode | undefined): Properties {
  const map = asMap(get(resource.map, "Properties"));
  const scope = resource.scope;
  const ignored = globals ? ignoredGlobals(resource) : [];
  const member = (key: string) => map && memberOf(map, scope, key, evaluator.evaluate);
  const inherit = (key: string) =>
    !globals || ignored === "*" || ignored.includes(key)
      ? undefined
      : memberOf(globals, undefined, key, evaluator.evaluate);
  return {
    map,
    scope,
    get hidden() {
      return hiddenBy(resource);
    },
    get: (key) => {
      const local = member(key);
      const global = inherit(key);
      if (!local) return global && { entry: global, from: "globals" };
      const merges = global && isPlainMap(local.value) && isPlainMap(global.value);
      return { entry: local, from: "resource", ...(merges ? { inherited: global } : {}) };
    },
  };
}

/** SAM treats an intrinsic as a primitive: it replaces the global value as a whole. */
function isPlainMap(node: Node): boolean {
  return deref(node)?.kind === "map" && intrinsicOf(node) === undefined;
}

/** The resource attribute `IgnoreGlobals`: property names, or `*` for all. */
function ignoredGlobals(resource: Resource): readonly string[] | "*" {
  const node = deref(get(resource.map, "IgnoreGlobals"));
  if (node?.kind === "scalar") return node.text === "*" ? "*" : [];
  if (node?.kind !== "seq") return [];
  return node.items.flatMap((item) => {
    const target = deref(item);
    return target?.kind === "scalar" ? [target.text] : [];
  });
}

/** A property's value: nothing when it is not written. */
export function propertyValue(evaluator: Evaluator, property: Property | undefined): Evaluated {
  return property ? evaluator.evaluate(property.entry.value, property.entry.scope) : nothing();
}

/** Is a mapping set for the property? `open` when that is not decided. */
export function isSet(evaluator: Evaluator, property: Property | undefined): boolean | { readonly open: string } {
  const value = propertyValue(evaluator, property);
  if (value.kind === "mapping") return value.map.written.length > 0 || property?.inherited !== undefined;
  if (value.kind !== "undecided") return false;
  const some = value.alternatives?.some((item) => item.kind !== "nothing") ?? true;
  return some ? { open: value.reason } : false;
}

function hiddenBy(resource: Resource): string | undefined {
  const properties = get(resource.map, "Properties");
  if (get(properties, "Fn::Transform") || get(resource.map, "Fn::Transform"))
    return "Fn::Transform may set it at deployment";
  return intrinsicOf(properties) ? "the properties of a resource cannot be an intrinsic function" : undefined;
}
