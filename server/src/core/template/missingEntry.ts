import type { Evaluated, Scope } from "../intrinsics/evaluated.ts";
import type { Evaluator } from "../intrinsics/evaluator.ts";
import { pairs } from "../syntax/lookup.ts";
import type { Node } from "../syntax/nodes.ts";
import { existenceOf, type FunctionDraft } from "./functions.ts";
import { propertiesOf } from "./property.ts";
import type { Resource } from "./resources.ts";

/**
 * Why CloudFormation refuses the deployment of a function that is created for certain: one of the numbers it claims is looked
 * up in a mapping that has no such entry, and there is no DefaultValue.
 */
export function missingEntryIn(
  evaluator: Evaluator,
  draft: FunctionDraft,
  attached: readonly Resource[],
): string | undefined {
  for (const key of ["ReservedConcurrentExecutions", "ProvisionedConcurrencyConfig"]) {
    const entry = draft.properties.get(key)?.entry;
    const reason = entry && missingIn(evaluator, entry.value, entry.scope);
    if (reason !== undefined) return reason;
  }
  for (const resource of attached) {
    const existence = existenceOf(evaluator, resource);
    if (existence === false || existence.condition !== undefined) continue;
    const properties = propertiesOf(evaluator, resource, undefined);
    for (const key of ["ProvisionedConcurrencyConfig", "MinCapacity", "MaxCapacity"]) {
      const entry = properties.get(key)?.entry;
      const reason = entry && missingIn(evaluator, entry.value, entry.scope);
      if (reason !== undefined) return reason;
    }
  }
  return undefined;
}

/** Of a value, or of the values of a mapping. */
function missingIn(evaluator: Evaluator, node: Node, scope: Scope): string | undefined {
  const value = evaluator.evaluate(node, scope);
  if (value.kind !== "mapping") return missing(value);
  for (const pair of pairs(value.map)) {
    const reason = missing(evaluator.evaluate(pair.value, value.scope));
    if (reason !== undefined) return reason;
  }
  return undefined;
}

function missing(value: Evaluated): string | undefined {
  return value.kind === "undecided" && value.missing ? value.reason : undefined;
}
