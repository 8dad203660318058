import type { Evaluator } from "../intrinsics/evaluator.ts";
import type { Refusal } from "../model.ts";

/**
 * Conditions that look up a mapping entry which is not there: CloudFormation evaluates all conditions, whatever is created, so it
 * refuses the template. Only those are found that a number, or the existence of a function, depends on.
 */
export function refusedConditions(evaluator: Evaluator): readonly Refusal[] {
  const said = new Set<string>();
  return evaluator.conditionsWithoutEntry().flatMap(({ name, reason }) => {
    const entry = evaluator.conditionEntry(name);
    const cause = reason.replace(/^condition \S+ is not decided: /, "");
    // A condition made of it is refused for the same reason.
    if (!entry || said.has(cause)) return [];
    said.add(cause);
    return {
      rule: "never-accepted",
      property: `Conditions.${name}`,
      message: `Condition ${name} cannot be evaluated: ${cause}, so CloudFormation refuses the template. Add the entry, or give another value.`,
      place: evaluator.placeOf(entry.keyNode),
      noEntry: cause,
    };
  });
}
