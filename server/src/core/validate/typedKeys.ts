import type { Draft } from "./draft.ts";
import type { Scene } from "./scene.ts";

/** `yaml-key-typed`: YAML 1.1 takes an unquoted name for a number or a boolean. */
export function* typedKeys({ sites }: Scene): Generator<Draft> {
  for (const site of sites) {
    for (const { place, written, typed } of site.template.typedKeys) {
      yield {
        rule: "yaml-key-typed",
        place,
        plain: true,
        text: `YAML 1.1 reads the unquoted key ${written} as ${typed}: the key that is deployed is "${typed}", and the text "${written}" does not find it. Quote it.`,
      };
    }
  }
}
