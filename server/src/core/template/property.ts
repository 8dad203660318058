import { type Evaluated, nothing, type Scope } from "../intrinsics/evaluated.ts";
import type { Evaluator } from "../intrinsics/evaluator.ts";
import { type Entry, memberOf } from "../intrinsics/forEach.ts";
import { intrinsicOf } from "../intrinsics/intrinsic.ts";
import type { Unknown } from "../model.ts";
import { refusedValue } from "../refused.ts";
import { asMap, asScalar, deref, get } from "../syntax/lookup.ts";
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
  hidden(): Unknown | undefined;
}

/** The `Globals.Function` section of a SAM template. */
export function globalsOf(root: Node | undefined): MapNode | undefined {
  return asMap(get(get(root, "Globals"), "Function"));
}

/** `globals` is left out for resources that are not of SAM. */
export function propertiesOf(evaluator: Evaluator, resource: Resource, globals: MapNode | undefined): Properties {
  return new ResourceProperties(evaluator, resource, globals);
}

/** A class, for there are thousands: methods are shared where closures would be made for each. */
class ResourceProperties implements Properties {
  readonly map: MapNode | undefined;
  readonly scope: Scope;
  readonly #evaluator: Evaluator;
  readonly #resource: Resource;
  readonly #globals: MapNode | undefined;
  readonly #ignored: readonly string[] | "*";

  constructor(evaluator: Evaluator, resource: Resource, globals: MapNode | undefined) {
    this.map = asMap(get(resource.map, "Properties"));
    this.scope = resource.scope;
    this.#evaluator = evaluator;
    this.#resource = resource;
    this.#globals = globals;
    this.#ignored = globals ? ignoredGlobals(resource) : [];
  }

  get(key: string): Property | undefined {
    const local = this.map && memberOf(this.map, this.scope, key, this.#evaluator.evaluate);
    const global = this.#inherit(key);
    if (!local) return global && { entry: global, from: "globals" };
    if (!global || !isPlainMap(local.value) || !isPlainMap(global.value)) return { entry: local, from: "resource" };
    return { entry: local, from: "resource", inherited: global };
  }

  hidden(): Unknown | undefined {
    return hiddenBy(this.#evaluator, this.#resource);
  }

  #inherit(key: string): Entry | undefined {
    if (!this.#globals || this.#ignored === "*" || this.#ignored.includes(key)) return undefined;
    return memberOf(this.#globals, undefined, key, this.#evaluator.evaluate);
  }
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

/** SAM takes a property that is null for one that is not written. */
export function isNull({ entry }: Property): boolean {
  const written = asScalar(entry.value);
  return written?.value === null && written.style !== "single" && written.style !== "double";
}

/** SAM takes null, `""`, `{}` and `[]` for a `ProvisionedConcurrencyConfig` that is not written. */
export function isEmpty(property: Property): boolean {
  const node = deref(property.entry.value);
  if (node?.kind === "map") return node.written.length === 0 && !property.inherited;
  if (node?.kind === "seq") return node.items.length === 0;
  return isNull(property) || (asScalar(node)?.text === "" && intrinsicOf(node) === undefined);
}

function hiddenBy(evaluator: Evaluator, resource: Resource): Unknown | undefined {
  const properties = get(resource.map, "Properties");
  if (get(properties, "Fn::Transform") || get(resource.map, "Fn::Transform"))
    return { unknown: "Fn::Transform may set it at deployment" };
  if (!intrinsicOf(properties)) return undefined;
  const why = "the properties of a resource cannot be an intrinsic function";
  return evaluator.extended ? { unknown: why } : refusedValue(why);
}
