import type { Place, TypedKey } from "../model.ts";
import { asMap, asScalar, get, keyText } from "../syntax/lookup.ts";
import type { MapNode, Node } from "../syntax/nodes.ts";
import { isNested } from "./nested.ts";

/** How many levels of keys of a section are names: a mapping has a name, a key, and a second key. */
const sections: Readonly<Record<string, number>> = { Parameters: 1, Mappings: 3, Conditions: 1, Resources: 1 };

/** The names of a template that YAML 1.1 changes: of parameters, mappings with both their keys, conditions, resources, and what nested stacks are given. */
export function typedKeysOf(root: Node | undefined, placeOf: (node: Node) => Place): readonly TypedKey[] {
  const found: TypedKey[] = [];
  const look = (map: MapNode | undefined, levels: number) => {
    for (const { key, value } of map?.written ?? []) {
      const written = asScalar(key);
      if (written?.typed !== undefined && key === written) {
        found.push({ place: placeOf(key), written: written.text, typed: written.typed });
      }
      // What an alias stands for is looked at where it is written.
      if (levels > 1 && value.kind === "map") look(value, levels - 1);
    }
  };
  for (const [section, levels] of Object.entries(sections)) look(asMap(get(root, section)), levels);
  for (const pair of asMap(get(root, "Resources"))?.written ?? []) {
    const type = asScalar(get(pair.value, "Type"))?.text;
    if (type === undefined || keyText(pair) === undefined || !isNested(type)) continue;
    look(asMap(get(get(pair.value, "Properties"), "Parameters")), 1);
  }
  return found;
}
