import type { FindingDraft } from "./findingDraft.ts";
import type { RuleContext } from "./ruleContext.ts";

/** `yaml-key-typed`: YAML 1.1 takes an unquoted name for a number or a boolean. */
export function* typedKeys({ uses }: RuleContext): Generator<FindingDraft> {
  for (const use of uses) {
    for (const { place, written, typed } of use.template.typedKeys) {
      yield {
        rule: "yaml-key-typed",
        place,
        plain: true,
        text: `YAML 1.1 reads the unquoted key ${written} as ${typed}: the key that is deployed is "${typed}", and the text "${written}" does not find it. Quote it.`,
      };
    }
  }
}
