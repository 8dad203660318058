import type { TemplateInstance } from "../template/instance.ts";

/** A condition of one instance. */
export interface ConditionRef {
  readonly id: string;
  readonly instance: TemplateInstance;
  readonly name: string;
}

/** What a value depends on, as far as it is undecided. */
export interface Dependencies {
  /** Undecided parameters that stand in it, or reach it through parameters of nested stacks. */
  readonly variables: Set<string>;
  /** Conditions that stand in it. */
  readonly conditions: Map<string, ConditionRef>;
  /** It depends on more than these two list. */
  opaque: boolean;
}

/** Those of a value that depends on nothing. */
export function noDependencies(): Dependencies {
  return { variables: new Set(), conditions: new Map(), opaque: false };
}

/** Adds what one value depends on to what another does. */
export function addDependencies(from: Dependencies, into: Dependencies): void {
  for (const variable of from.variables) into.variables.add(variable);
  for (const [id, ref] of from.conditions) into.conditions.set(id, ref);
  into.opaque ||= from.opaque;
}
