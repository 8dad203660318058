import { createEvaluator, workOfTemplate } from "../intrinsics/createEvaluator.ts";
import type { Evaluated } from "../intrinsics/evaluated.ts";
import type { Evaluator } from "../intrinsics/evaluator.ts";
import type { Given } from "../intrinsics/parameters.ts";
import { existenceOf } from "../template/functions.ts";
import type { TemplateInstance } from "../template/instance.ts";
import { parametersFor } from "../template/nested.ts";

/** One case: what undecided parameters and open conditions are taken to be. */
export interface Assignment {
  /** Equal for equal cases. */
  readonly key: string;
  /** Of the stack's own template; pseudo parameters that stacks share hold for nested ones too. */
  readonly parameters: ReadonlyMap<string, Evaluated>;
  readonly shared: ReadonlyMap<string, Evaluated>;
  /** By nested stacks and name: `Child/IsLarge`. */
  readonly conditions: ReadonlyMap<string, boolean>;
}

/** Looks at the templates of a stack in one case after the other; each is looked at once per case. */
export class CaseEvaluators {
  readonly #work = workOfTemplate();
  readonly #underway = new Set<TemplateInstance>();
  readonly #known = new Map<TemplateInstance, Map<string, Evaluator>>();

  /** Was there too much to look at? Then what was found is not exact. */
  get isExhausted(): boolean {
    return this.#work.left < 0;
  }

  of(instance: TemplateInstance, assignment: Assignment): Evaluator {
    const known = this.#known.get(instance) ?? new Map<string, Evaluator>();
    this.#known.set(instance, known);
    const before = known.get(assignment.key);
    if (before) return before;
    const evaluator = this.#create(instance, assignment);
    known.set(assignment.key, evaluator);
    return evaluator;
  }

  /** Do the nested stacks around an instance exist? Undefined when that stays open. */
  existence(instance: TemplateInstance, assignment: Assignment): boolean | undefined {
    let sure: true | undefined = true;
    for (let { parent } = instance; parent; parent = parent.instance.parent) {
      const found = existenceOf(this.of(parent.instance, assignment), parent.resource);
      if (found === false) return false;
      if (found.condition !== undefined) sure = undefined;
    }
    return sure;
  }

  /** A nested stack whose outputs are asked for; not while it is made: what it is given may come from its own outputs. */
  #child(instance: TemplateInstance | undefined, assignment: Assignment): Evaluator | undefined {
    if (!instance || this.#underway.has(instance)) return undefined;
    this.#underway.add(instance);
    const evaluator = this.of(instance, assignment);
    this.#underway.delete(instance);
    return evaluator;
  }

  #create(instance: TemplateInstance, assignment: Assignment): Evaluator {
    const { uri, root, parent, nesting, evaluator: base } = instance;
    const work = this.#work;
    const prefix = nesting.map((id) => `${id}/`).join("");
    const conditions = new Map<string, boolean>();
    for (const [id, way] of assignment.conditions) {
      const name = id.startsWith(prefix) ? id.slice(prefix.length) : "";
      if (name !== "" && !name.includes("/")) conditions.set(name, way);
    }
    const child = (logicalId: string) => this.#child(instance.children.get(logicalId), assignment);
    if (!parent) {
      const parameters = new Map([...assignment.shared, ...assignment.parameters]);
      return createEvaluator(uri, root, instance.given, { base, work, parameters, conditions }, child);
    }
    const passed = parametersFor(this.of(parent.instance, assignment), parent.resource);
    const given = new Map<string, Given>(instance.given);
    for (const [name, value] of passed) given.set(name, value);
    return createEvaluator(uri, root, given, { base, work, parameters: assignment.shared, conditions }, child);
  }
}
