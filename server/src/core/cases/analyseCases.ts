import { type FunctionDraft, hasUndecidedSources } from "../template/functions.ts";
import type { TemplateInstance } from "../template/instance.ts";
import { CaseOutcomes, type UndecidedFunction } from "./caseOutcomes.ts";
import type { ConditionRef, Dependencies } from "./dependencies.ts";
import { DependencyReader } from "./dependencyReader.ts";
import { RememberedCases } from "./rememberedCases.ts";
import {
  type CaseGroup,
  type CaseVariable,
  type FunctionCases,
  maxCases,
  outcomeIn,
  type StackCases,
  sizeOf,
} from "./stackCases.ts";
import { variableOf } from "./variables.ts";
import { classesIn, isConsistent } from "./when.ts";

/**
 * Splits a stack into the cases of what its claims leave undecided: the classes of parameters, and both ways of conditions that
 * stay open. In each case a claim is what CloudFormation would make of it. Undefined when nothing is split.
 * @param instances the stack's own template first, then the nested ones
 */
export function analyseCases(
  instances: readonly TemplateInstance[],
  remembered = new RememberedCases(),
): StackCases | undefined {
  const [root] = instances;
  if (!root) return undefined;
  const outcomes = new CaseOutcomes(root, remembered);
  const undecided = findUndecided(root, instances, outcomes);
  if (undecided.length === 0) return undefined;
  const groups: CaseGroup[] = [];
  const cut: StackCases["cut"][number][] = [];
  for (const { variables, members } of groupByVariables(undecided)) {
    const size = sizeOf(variables);
    if (size > maxCases) cut.push({ variables, size });
    else groups.push(groupOf(variables, size, members, outcomes));
  }
  if (!outcomes.isExhausted) return { groups, cut };
  // What could not be looked at to the end keeps plain bounds.
  return { groups: [], cut: [...cut, ...groups] };
}

/** The functions whose claims depend on what is split. */
function findUndecided(
  root: TemplateInstance,
  instances: readonly TemplateInstance[],
  outcomes: CaseOutcomes,
): readonly UndecidedFunction[] {
  const reader = new DependencyReader();
  const found: Omit<UndecidedFunction, "variables">[] = [];
  for (const instance of instances) {
    for (const draft of instance.drafts.values()) {
      if (!mayClaim(instance, draft)) continue;
      found.push({ instance, draft, dependencies: reader.ofFunction(instance, draft) });
    }
  }
  reader.readConditions();
  const variables = new Variables(root, reader, outcomes);
  return found.flatMap((one) => {
    const own = variables.of(one.dependencies);
    return own.length === 0 ? [] : [{ ...one, variables: own }];
  });
}

/** Longer chains of conditions are not followed; the evaluator gives up there too. */
const maxChain = 120;

/** Most functions have no number to depend on anything. */
function mayClaim({ attached, parent, settled }: TemplateInstance, draft: FunctionDraft): boolean {
  const { outsidePool, reserved, properties, resource } = draft;
  if (!parent && settled.has(resource.logicalId)) return false;
  if (outsidePool !== undefined) return false;
  if (hasUndecidedSources(draft)) return true;
  if (reserved.origin !== "absent" || reserved.value !== null || attached.has(resource.logicalId)) return true;
  return properties.get("ProvisionedConcurrencyConfig") !== undefined;
}

/** The variables behind dependencies, through conditions. */
class Variables {
  readonly #root: TemplateInstance;
  readonly #reader: DependencyReader;
  readonly #outcomes: CaseOutcomes;
  readonly #parameters = new Map<string, CaseVariable | undefined>();
  readonly #conditions = new Map<string, readonly CaseVariable[]>();
  readonly #underway = new Set<string>();

  constructor(root: TemplateInstance, reader: DependencyReader, outcomes: CaseOutcomes) {
    this.#root = root;
    this.#reader = reader;
    this.#outcomes = outcomes;
  }

  of({ variables, conditions }: Dependencies): readonly CaseVariable[] {
    const found = new Set<CaseVariable>();
    for (const ref of conditions.values()) for (const variable of this.#behind(ref)) found.add(variable);
    for (const name of variables) {
      const variable = this.#parameter(name);
      if (variable) found.add(variable);
    }
    return [...found];
  }

  #parameter(name: string): CaseVariable | undefined {
    if (this.#parameters.has(name)) return this.#parameters.get(name);
    const variable = variableOf(this.#root, name, this.#reader.texts.of(name));
    this.#parameters.set(name, variable);
    return variable;
  }

  /** What a condition depends on, and the condition itself when some combination of that leaves it open. */
  #behind(ref: ConditionRef): readonly CaseVariable[] {
    const known = this.#conditions.get(ref.id);
    if (known) return known;
    if (this.#underway.has(ref.id) || this.#underway.size > maxChain) return [];
    this.#underway.add(ref.id);
    const found = this.of(this.#reader.ofCondition(ref));
    this.#underway.delete(ref.id);
    const own: CaseVariable = { name: ref.id, kind: "condition", classes: ["true", "false"] };
    const all = this.#outcomes.isOpen(ref, found) ? [...found, own] : found;
    this.#conditions.set(ref.id, all);
    return all;
  }
}

/** Variables that meet in a function belong together, and so do the functions of one variable. */
function groupByVariables(undecided: readonly UndecidedFunction[]) {
  type Group = { variables: CaseVariable[]; members: UndecidedFunction[] };
  const groupOfVariable = new Map<CaseVariable, Group>();
  for (const one of undecided) {
    const groups = new Set(one.variables.flatMap((variable) => groupOfVariable.get(variable) ?? []));
    const joined: Group = { variables: [], members: [] };
    for (const { variables, members } of groups) {
      joined.variables.push(...variables);
      joined.members.push(...members);
    }
    const [first] = groups;
    const target = groups.size === 1 && first ? first : joined;
    target.members.push(one);
    for (const variable of one.variables) if (!target.variables.includes(variable)) target.variables.push(variable);
    for (const variable of target.variables) groupOfVariable.set(variable, target);
  }
  return new Set(groupOfVariable.values());
}

function groupOf(
  variables: readonly CaseVariable[],
  size: number,
  members: readonly UndecidedFunction[],
  outcomes: CaseOutcomes,
): CaseGroup {
  const functions = members.map((one): FunctionCases => {
    const { instance, draft } = one;
    return { path: [...instance.nesting, draft.resource.logicalId].join("/"), ...outcomes.of(one, variables) };
  });
  const refusing = functions.filter((one) => one.outcomes.some(({ refused }) => refused !== undefined));
  const possible: number[] = [];
  for (let index = 0; index < size; index++) {
    const isRefused = refusing.some((one) => outcomeIn(one, index).refused !== undefined);
    if (!isRefused && isConsistent(classesIn(variables, index))) possible.push(index);
  }
  return { variables, size, functions, possible };
}
