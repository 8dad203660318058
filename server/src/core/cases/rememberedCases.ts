import type { Section } from "../syntax/sections.ts";
import type { TemplateInstance } from "../template/instance.ts";
import type { Assignment } from "./caseEvaluators.ts";
import type { FunctionCases, Outcome } from "./stackCases.ts";

/** The cases in which functions that depend on the same things differ. */
export interface CaseShape extends Pick<FunctionCases, "variables" | "at"> {
  /** For each outcome the first case of it. */
  readonly first: readonly FirstCase[];
}

export interface FirstCase {
  readonly assignment: Assignment;
  /** Tells its outcome from others; undefined when nothing does. */
  readonly key: string | undefined;
}

/**
 * What functions and conditions of one stack are in its cases, kept from one edit to the next as long as all is the same that they depend
 * on beside the function's own text. Only of stacks without nested ones, whose outputs may reach into anything.
 */
export class RememberedCases {
  #context: object | undefined;
  #outcomes = new WeakMap<Section, Map<string, Outcome>>();
  #open = new Map<string, boolean>();
  #shapes = new Map<string, CaseShape>();

  /** @param context the same object as long as parameters, mappings, conditions, Globals and the names of resources are the same */
  begin(context: object | undefined): void {
    if (context !== undefined && context === this.#context) return;
    this.#context = context;
    this.#outcomes = new WeakMap();
    this.#open = new Map();
    this.#shapes = new Map();
  }

  /** @param key tells the variables of a group, and what a function depends on */
  shape(instance: TemplateInstance, key: string, compute: () => CaseShape): CaseShape {
    const shape = (this.#lasts(instance) ? this.#shapes.get(key) : undefined) ?? compute();
    this.#shapes.set(key, shape);
    return shape;
  }

  /** @param key tells the case; undefined when it cannot be told from others */
  outcome(instance: TemplateInstance, section: Section, key: string | undefined, compute: () => Outcome): Outcome {
    if (key === undefined || !this.#lasts(instance)) return compute();
    const known = this.#outcomes.get(section) ?? new Map<string, Outcome>();
    this.#outcomes.set(section, known);
    const before = known.get(key);
    if (before) return before;
    const outcome = compute();
    // A refusal says where it can be mended, at an offset that moves.
    if (outcome.refusals.length === 0) known.set(key, outcome);
    return outcome;
  }

  isOpen(instance: TemplateInstance, key: string, compute: () => boolean): boolean {
    const before = this.#lasts(instance) ? this.#open.get(key) : undefined;
    const open = before ?? compute();
    this.#open.set(key, open);
    return open;
  }

  #lasts({ parent, children }: TemplateInstance): boolean {
    return this.#context !== undefined && !parent && children.size === 0;
  }
}
