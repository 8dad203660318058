import type { Scope } from "../intrinsics/evaluated.ts";
import type { Evaluator } from "../intrinsics/evaluator.ts";
import type { Refusal } from "../model.ts";
import { pairs } from "../syntax/lookup.ts";
import type { Node } from "../syntax/nodes.ts";
import { existenceOf, type FunctionDraft } from "./functions.ts";
import { type Properties, propertiesOf } from "./property.ts";
import type { Resource } from "./resources.ts";

/** A number of a function that is looked up in a mapping which has no such entry. */
export interface MissingEntry {
  readonly property: string;
  readonly node: Node;
  /** A phrase: `there is no mapping entry Sizes.qa.Worker`. */
  readonly reason: string;
}

/**
 * What CloudFormation refuses a function for that is created for certain: one of the numbers it claims has no entry in its
 * mapping, and there is no DefaultValue.
 */
export function missingEntryIn(
  evaluator: Evaluator,
  draft: FunctionDraft,
  attached: readonly Resource[],
): MissingEntry | undefined {
  if (draft.condition !== undefined) return undefined;
  const own = missingAmong(evaluator, draft.properties, [
    "ReservedConcurrentExecutions",
    "ProvisionedConcurrencyConfig",
  ]);
  if (own) return own;
  for (const resource of attached) {
    const existence = existenceOf(evaluator, resource);
    if (existence === false || existence.condition !== undefined) continue;
    const properties = propertiesOf(evaluator, resource, undefined);
    const found = missingAmong(evaluator, properties, ["ProvisionedConcurrencyConfig", "MinCapacity", "MaxCapacity"]);
    if (found) return found;
  }
  return undefined;
}

/** The same as something that AWS refuses. */
export function refusedEntry(evaluator: Evaluator, { property, node, reason }: MissingEntry): Refusal {
  return {
    rule: "never-accepted",
    property,
    message: `cannot be deployed: ${reason}, so CloudFormation refuses the template. Add the entry, or give another value.`,
    place: evaluator.placeOf(node),
  };
}

function missingAmong(evaluator: Evaluator, properties: Properties, keys: readonly string[]): MissingEntry | undefined {
  for (const property of keys) {
    const entry = properties.get(property)?.entry;
    const found = entry && missingIn(evaluator, entry.value, entry.scope);
    if (found) return { property, ...found };
  }
  return undefined;
}

/** Of a value, or of the values of a mapping. */
function missingIn(evaluator: Evaluator, node: Node, scope: Scope): Omit<MissingEntry, "property"> | undefined {
  const value = evaluator.evaluate(node, scope);
  if (value.kind === "undecided") return value.missing ? { node, reason: value.reason } : undefined;
  if (value.kind !== "mapping") return undefined;
  for (const pair of pairs(value.map)) {
    const inner = evaluator.evaluate(pair.value, value.scope);
    if (inner.kind === "undecided" && inner.missing) return { node: pair.value, reason: inner.reason };
  }
  return undefined;
}
