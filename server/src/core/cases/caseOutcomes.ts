import { type Evaluated, scalar } from "../intrinsics/evaluated.ts";
import { nothing, orNothing } from "../ledger/bounds.ts";
import { claimOf } from "../ledger/claim.ts";
import type { DeclaredFunction, Refusal } from "../model.ts";
import { partitionOf } from "../partitions.ts";
import { attach } from "../template/connect.ts";
import { addEvents } from "../template/eventSources.ts";
import { declare, draftFunction, type FunctionDraft, hasUndecidedSources } from "../template/functions.ts";
import type { TemplateInstance } from "../template/instance.ts";
import { type Assignment, CaseEvaluators } from "./caseEvaluators.ts";
import type { ConditionRef, Dependencies } from "./dependencies.ts";
import type { CaseShape, FirstCase, RememberedCases } from "./rememberedCases.ts";
import { type CaseVariable, digitsOf, type FunctionCases, maxCases, type Outcome, sizeOf } from "./stackCases.ts";
import { valueIn } from "./variables.ts";

/** A function whose claim depends on variables. */
export interface UndecidedFunction {
  readonly instance: TemplateInstance;
  readonly draft: FunctionDraft;
  readonly dependencies: Dependencies;
  readonly variables: readonly CaseVariable[];
}

/** The combination of some of a group's variables within one of all. */
function ownIndex(ofGroup: readonly CaseVariable[], positions: readonly number[], index: number): number {
  const digits = digitsOf(ofGroup, index);
  let own = 0;
  for (const position of positions) {
    own = own * (ofGroup[position] as CaseVariable).classes.length + (digits[position] as number);
  }
  return own;
}

/** Equal for variables of the same names and classes. */
function namedClasses(variables: readonly CaseVariable[]): string {
  return JSON.stringify(variables.map(({ name, classes }) => [name, classes]));
}

const absent: Outcome = { exists: false, reserved: null, claim: nothing, refusals: [] };

/**
 * What AWS refuses a function for in a case, first a mapping entry that is not there. Not what it refuses in every case, which has
 * its own finding and makes no difference.
 */
function refusalsOf({ refused }: DeclaredFunction, always: DeclaredFunction["refused"]): readonly Refusal[] {
  const own = refused.filter(
    ({ rule, property, open }) =>
      open === undefined &&
      !always.some((other) => other.open === undefined && other.rule === rule && other.property === property),
  );
  return own.toSorted((a, b) => Number(b.noEntry !== undefined) - Number(a.noEntry !== undefined));
}

/** Works out what functions and conditions are in cases of a stack. */
export class CaseOutcomes {
  readonly #root: TemplateInstance;
  readonly #evaluators = new CaseEvaluators();
  readonly #shapes = new Map<readonly CaseVariable[], Map<string, CaseShape>>();
  readonly #values = new Map<CaseVariable, readonly Evaluated[]>();

  readonly #remembered: RememberedCases;

  constructor(root: TemplateInstance, remembered: RememberedCases) {
    this.#root = root;
    this.#remembered = remembered;
  }

  get isExhausted(): boolean {
    return this.#evaluators.isExhausted;
  }

  /** A function in each combination of a group that holds its variables. */
  of(one: UndecidedFunction, ofGroup: readonly CaseVariable[]): Pick<FunctionCases, "variables" | "outcomes" | "at"> {
    const { instance, draft } = one;
    const { logicalId, map } = draft.resource;
    const always = instance.declared.get(logicalId)?.refused ?? [];
    const isAlone = !instance.attached.has(logicalId);
    const { variables, at, first } = this.#shapeOf(one, ofGroup);
    const outcomes = first.map(({ assignment, key }) =>
      this.#remembered.outcome(instance, map.section, isAlone ? key : undefined, () =>
        this.#outcome(one, assignment, always),
      ),
    );
    return { variables, outcomes, at };
  }

  /** Combinations in which everything is the same that stands in the claim itself; alike functions share the answer. */
  #shapeOf({ instance, dependencies, variables }: UndecidedFunction, ofGroup: readonly CaseVariable[]): CaseShape {
    const known = this.#shapes.get(ofGroup) ?? new Map<string, CaseShape>();
    this.#shapes.set(ofGroup, known);
    const key = JSON.stringify([
      variables.map(({ name }) => name),
      [...dependencies.variables],
      [...dependencies.conditions.keys()],
      dependencies.opaque,
    ]);
    const before = known.get(key);
    if (before) return before;
    const shape = this.#remembered.shape(instance, `${namedClasses(ofGroup)}\n${key}`, () =>
      this.#newShape(dependencies, variables, ofGroup),
    );
    known.set(key, shape);
    return shape;
  }

  #newShape(
    dependencies: Dependencies,
    variables: readonly CaseVariable[],
    ofGroup: readonly CaseVariable[],
  ): CaseShape {
    const positions = variables.map((variable) => ofGroup.indexOf(variable));
    const bySignature = new Map<string, number>();
    const first: FirstCase[] = [];
    const named = namedClasses(variables);
    const own = Array.from({ length: sizeOf(variables) }, (_, index) => {
      const assignment = this.#assign(variables, index);
      const told = this.#signature(dependencies, assignment);
      const signature = told ?? String(index);
      const position = bySignature.get(signature);
      if (position !== undefined) return position;
      bySignature.set(signature, first.length);
      return first.push({ assignment, key: told && `${named}\n${told}` }) - 1;
    });
    const at = Array.from(
      { length: sizeOf(ofGroup) },
      (_, index) => own[ownIndex(ofGroup, positions, index)] as number,
    );
    return { variables: positions, at, first };
  }

  /** Does some combination of these variables leave a condition open that CloudFormation accepts? */
  isOpen({ id, instance, name }: ConditionRef, variables: readonly CaseVariable[]): boolean {
    const size = sizeOf(variables);
    if (size > maxCases) return false;
    return this.#remembered.isOpen(instance, `${id}\n${namedClasses(variables)}`, () => {
      for (let index = 0; index < size; index++) {
        const truth = this.#evaluators.of(instance, this.#assign(variables, index)).condition(name);
        if (truth.value === undefined && !truth.refused) return true;
      }
      return false;
    });
  }

  /** Equal for cases in which everything that stands in the claim itself is the same; undefined when that cannot be told. */
  #signature({ variables, conditions, opaque }: Dependencies, assignment: Assignment): string | undefined {
    if (opaque) return undefined;
    const parts: unknown[] = [];
    for (const name of variables) {
      const value = assignment.parameters.get(name) ?? assignment.shared.get(name);
      parts.push(value?.kind === "scalar" ? value.text : null);
    }
    for (const { instance, name } of conditions.values()) {
      const truth = this.#evaluators.of(instance, assignment).condition(name);
      parts.push(truth.value ?? (truth.noEntry ? truth.reason : null));
    }
    return JSON.stringify(parts);
  }

  #outcome(
    { instance, draft, dependencies }: UndecidedFunction,
    assignment: Assignment,
    always: DeclaredFunction["refused"],
  ): Outcome {
    const around = this.#evaluators.existence(instance, assignment);
    if (around === false) return absent;
    const evaluator = this.#evaluators.of(instance, assignment);
    const again = draftFunction(evaluator, draft.resource, instance.globals);
    if (!again) return absent;
    if (hasUndecidedSources(draft)) addEvents(evaluator, again);
    const attached = instance.attached.get(draft.resource.logicalId) ?? [];
    for (const resource of attached) attach(evaluator, resource, instance.resources, again);
    const declared = declare(evaluator, again, instance.transform);
    const { claim } = claimOf(declared);
    const exists = around === true && declared.condition === undefined ? true : undefined;
    const condition = this.#conditionWithoutEntry(instance, dependencies, assignment);
    const refusals = [...(condition ? [condition] : []), ...(exists ? refusalsOf(declared, always) : [])];
    const [first] = refusals;
    return {
      exists,
      reserved: declared.reserved.value,
      claim: around === true ? claim : orNothing(claim),
      refusals,
      ...(first && { refused: first.noEntry ?? first.message }),
      ...(first?.noEntry !== undefined && { noEntry: true }),
    };
  }

  /** Why CloudFormation refuses a condition: it looks up a mapping entry that is not there, and conditions are always evaluated. */
  #conditionWithoutEntry(
    { transform }: TemplateInstance,
    { conditions }: Dependencies,
    assignment: Assignment,
  ): Refusal | undefined {
    if (transform !== undefined) return undefined;
    for (const { instance, name } of conditions.values()) {
      const truth = this.#evaluators.of(instance, assignment).condition(name);
      if (truth.value !== undefined || !truth.noEntry) continue;
      const noEntry = `condition ${name} cannot be evaluated: ${truth.reason.replace(/^condition \S+ is not decided: /, "")}`;
      const node = instance.evaluator.conditionEntry(name)?.keyNode;
      const place = node ? instance.evaluator.placeOf(node) : { uri: instance.uri, start: 0, end: 0 };
      return { rule: "never-accepted", property: `Conditions.${name}`, message: noEntry, place, noEntry };
    }
    return undefined;
  }

  #assign(variables: readonly CaseVariable[], index: number): Assignment {
    const digits = digitsOf(variables, index);
    const parameters = new Map<string, Evaluated>();
    const shared = new Map<string, Evaluated>();
    const conditions = new Map<string, boolean>();
    let key = "";
    variables.forEach((variable, i) => {
      const digit = digits[i] as number;
      key += `${variable.name}\n${digit}\n`;
      if (variable.kind === "condition") conditions.set(variable.name, digit === 0);
      else (variable.kind === "shared" ? shared : parameters).set(variable.name, this.#value(variable, digit));
    });
    const region = shared.get("AWS::Region");
    const partition = region?.kind === "scalar" ? partitionOf(region.text) : undefined;
    if (partition) {
      shared.set("AWS::Partition", scalar(partition.name));
      shared.set("AWS::URLSuffix", scalar(partition.urlSuffix));
    }
    return { key, parameters, shared, conditions };
  }

  #value(variable: CaseVariable, digit: number): Evaluated {
    const values = this.#values.get(variable) ?? variable.classes.map((one) => valueIn(this.#root, variable.name, one));
    this.#values.set(variable, values);
    return values[digit] as Evaluated;
  }
}
