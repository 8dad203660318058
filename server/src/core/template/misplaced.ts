import { intrinsicOf } from "../intrinsics/intrinsic.ts";
import type { Place, Refusal } from "../model.ts";
import { asMap, get, keyText } from "../syntax/lookup.ts";
import type { Node } from "../syntax/nodes.ts";

/** Where properties are written one level too high. */
interface Level {
  /** What goes on before the key: `has a property`. */
  readonly subject: string;
  /** The key of the mapping that they belong into. */
  readonly into: string;
  /** That mapping in a text. */
  readonly name: string;
}

/** Properties that stand beside the mapping they belong into: CloudFormation and SAM refuse what they do not know there. */
export function misplaced(
  node: Node | undefined,
  keys: readonly string[],
  { subject, into, name }: Level,
  placeOf: (node: Node) => Place,
): Refusal[] {
  const map = asMap(node);
  if (!map || intrinsicOf(node)) return [];
  return map.written.flatMap((pair): Refusal[] => {
    const key = keyText(pair);
    if (key === undefined || !keys.includes(key)) return [];
    const place = placeOf(pair.key);
    const problem = `${subject} ${key} beside ${name}, where it is not taken, so the deployment fails.`;
    const base = { rule: "property-misspelt", property: key, place, open: "" } as const;
    if (get(get(map, into), key)) return [{ ...base, message: `${problem} ${name} has it already: remove this one.` }];
    const mend = { how: "move", at: place.start, property: key, under: into } as const;
    return [{ ...base, message: `${problem} Move it into ${name}.`, fix: { mend } }];
  });
}
