import type { Entry } from "../intrinsics/entries.ts";
import { entriesOf } from "../intrinsics/entries.ts";
import type { Scope } from "../intrinsics/evaluated.ts";
import { type Intrinsic, intrinsicOf } from "../intrinsics/intrinsic.ts";
import { nameAt } from "../intrinsics/nodeText.ts";
import { declarationOf } from "../intrinsics/parameterDeclaration.ts";
import { placeholdersIn } from "../intrinsics/placeholders.ts";
import { fillIn } from "../intrinsics/scope.ts";
import { asMap, asScalar, deref, get, keyText, pairs, scalarText } from "../syntax/lookup.ts";
import type { MapNode, Node } from "../syntax/nodes.ts";
import type { FunctionDraft } from "../template/functions.ts";
import { sharedNames, type TemplateInstance } from "../template/instance.ts";
import { propertiesOf } from "../template/property.ts";

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
  /** There is more than these two tell. */
  opaque: boolean;
}

/** Properties of a function that its claim is made from. */
const claimProperties = [
  "ReservedConcurrentExecutions",
  "ProvisionedConcurrencyConfig",
  "AutoPublishAlias",
  "CapacityProviderConfig",
  "TenancyConfig",
];

/** Nodes nested deeper than this are not followed; the evaluator gives up there too. */
const maxDepth = 120;
/** Bounds the work for one stack: aliases of aliases multiply. */
const maxSteps = 200_000;

/**
 * Reads off what claims depend on, and which texts a parameter is told apart by. What is missed only costs precision: a value
 * whose parameters are not all decided in a case keeps its bounds there.
 */
export class DependencyReader {
  /** By parameter: texts that it is compared with, and keys of the mappings in which it is looked up. */
  readonly texts = new Map<string, Set<string>>();
  readonly #children = new Map<TemplateInstance, Map<string, TemplateInstance>>();
  readonly #conditions = new Map<string, Dependencies>();
  readonly #mappings = new Map<string, Dependencies>();
  readonly #passed = new Map<TemplateInstance, ReadonlyMap<string, Entry> | undefined>();

  readonly #noted = new Set<string>();
  readonly #unread: ConditionRef[] = [];
  #steps = 0;

  constructor(instances: readonly TemplateInstance[]) {
    for (const instance of instances) {
      const { parent } = instance;
      if (!parent) continue;
      const siblings = this.#children.get(parent.instance) ?? new Map<string, TemplateInstance>();
      siblings.set(parent.resource.logicalId, instance);
      this.#children.set(parent.instance, siblings);
    }
  }

  /** What the claim of a function depends on, the existence of the nested stacks around it included. */
  ofFunction(instance: TemplateInstance, draft: FunctionDraft): Dependencies {
    const found = none();
    for (const key of claimProperties) {
      const property = draft.properties.get(key);
      if (property) this.#visit(instance, property.entry.value, property.entry.scope, found, 0);
      if (property?.inherited) this.#visit(instance, property.inherited.value, undefined, found, 0);
    }
    this.#addCondition(instance, nameAt(get(draft.resource.map, "Condition"), draft.resource.scope), found);
    for (const resource of instance.attached.get(draft.resource.logicalId) ?? []) {
      this.#addCondition(instance, nameAt(get(resource.map, "Condition"), resource.scope), found);
      for (const key of ["ProvisionedConcurrencyConfig", "MinCapacity", "MaxCapacity"]) {
        const entry = propertiesOf(instance.evaluator, resource, undefined).get(key)?.entry;
        if (entry) this.#visit(instance, entry.value, entry.scope, found, 0);
      }
    }
    for (let at = instance.parent; at; at = at.instance.parent) {
      this.#addCondition(at.instance, nameAt(get(at.resource.map, "Condition"), at.resource.scope), found);
    }
    return found;
  }

  /** What a condition depends on directly. */
  ofCondition({ id, instance, name }: ConditionRef): Dependencies {
    const before = this.#conditions.get(id);
    if (before) return before;
    const found = none();
    this.#conditions.set(id, found);
    const entry = instance.evaluator.conditionEntry(name);
    if (entry) this.#visit(instance, entry.value, entry.scope, found, 0);
    return found;
  }

  #addCondition(instance: TemplateInstance, name: string | undefined, into: Dependencies): void {
    if (name === undefined) return;
    const id = [...instance.nesting, name].join("/");
    if (into.conditions.has(id)) return;
    const ref = { id, instance, name };
    into.conditions.set(id, ref);
    this.#unread.push(ref);
  }

  /** Reads every condition that was met, so that all texts are known before classes are made. */
  readConditions(): void {
    for (let next = this.#unread.pop(); next; next = this.#unread.pop()) this.ofCondition(next);
  }

  #visit(instance: TemplateInstance, node: Node | undefined, scope: Scope, into: Dependencies, depth: number): void {
    const target = deref(node);
    if (!target) return;
    if (depth > maxDepth || ++this.#steps > maxSteps) {
      into.opaque = true;
      return;
    }
    const call = intrinsicOf(target);
    if (call) this.#call(instance, call, scope, into, depth + 1);
    else this.#members(instance, target, scope, into, depth + 1);
  }

  #members(instance: TemplateInstance, node: Node | undefined, scope: Scope, into: Dependencies, depth: number): void {
    const target = deref(node);
    if (target?.kind === "seq") for (const item of target.items) this.#visit(instance, item, scope, into, depth);
    if (target?.kind === "map") for (const pair of pairs(target)) this.#visit(instance, pair.value, scope, into, depth);
  }

  #call(instance: TemplateInstance, call: Intrinsic, scope: Scope, into: Dependencies, depth: number): void {
    const operands = instance.evaluator.arguments(call);
    const visitFrom = (first: number) => {
      for (const operand of operands.slice(first)) this.#visit(instance, operand, scope, into, depth);
    };
    switch (call.name) {
      case "Ref":
        this.#refer(instance, nameAt(call.argument, scope), scope, into, depth);
        break;
      case "Condition":
        this.#addCondition(instance, nameAt(call.argument, scope), into);
        break;
      case "Fn::If":
        this.#addCondition(instance, nameAt(operands[0], scope), into);
        visitFrom(1);
        break;
      case "Fn::Sub":
        this.#substitution(instance, call, scope, into, depth);
        break;
      case "Fn::Equals":
        this.#compared(instance, operands, scope);
        visitFrom(0);
        break;
      case "Fn::FindInMap":
        this.#lookedUp(instance, operands, scope, into);
        visitFrom(0);
        break;
      case "Fn::GetAtt":
        this.#attribute(instance, call, scope, into, depth);
        break;
      default:
        if (call.tagged) this.#members(instance, call.argument, scope, into, depth);
        else this.#visit(instance, call.argument, scope, into, depth);
    }
  }

  #refer(instance: TemplateInstance, name: string | undefined, scope: Scope, into: Dependencies, depth: number): void {
    if (name === undefined || scope?.has(name)) return;
    const variable = this.#variableOf(instance, name);
    if (variable !== undefined) into.variables.add(variable);
    if (!instance.parent || name.startsWith("AWS::")) return;
    const passed = this.#passedTo(instance);
    const entry = passed?.get(name);
    if (entry) this.#visit(instance.parent.instance, entry.value, entry.scope, into, depth + 1);
    else if (!passed) into.opaque = true;
  }

  #substitution(instance: TemplateInstance, call: Intrinsic, scope: Scope, into: Dependencies, depth: number): void {
    const [first, variables] = instance.evaluator.arguments(call);
    const written = asScalar(first ?? call.argument);
    if (variables) this.#members(instance, variables, scope, into, depth);
    if (!written) return;
    for (const name of placeholdersIn(fillIn(scalarText(written), scope))) {
      if (get(variables, name)) continue;
      if (name.includes(".")) this.#output(instance, name.split("."), into, depth);
      else this.#refer(instance, name, scope, into, depth);
    }
  }

  #attribute(instance: TemplateInstance, call: Intrinsic, scope: Scope, into: Dependencies, depth: number): void {
    const value = instance.evaluator.argument(call, scope);
    const parts = value.kind === "list" ? value.items : [value];
    const texts = parts.flatMap((part) => (part.kind === "scalar" ? part.text.split(".") : []));
    this.#output(instance, texts, into, depth);
  }

  /** An output of a nested stack: what its value depends on there. */
  #output(instance: TemplateInstance, path: readonly string[], into: Dependencies, depth: number): void {
    const [id = "", section, name = ""] = path;
    const child = section === "Outputs" ? this.#children.get(instance)?.get(id) : undefined;
    if (!child) return;
    this.#visit(child, get(get(get(child.root, "Outputs"), name), "Value"), undefined, into, depth + 1);
  }

  /** Notes the texts that a parameter is compared with. */
  #compared(instance: TemplateInstance, operands: readonly Node[], scope: Scope): void {
    const [left, right] = operands;
    for (const [one, other] of [
      [left, right],
      [right, left],
    ]) {
      const variable = this.#directly(instance, one, scope);
      if (variable !== undefined) this.#note(variable, textsOf(instance, other, scope));
    }
  }

  /** Notes the keys that a parameter is looked up among, and what the values of the mapping depend on. */
  #lookedUp(instance: TemplateInstance, operands: readonly Node[], scope: Scope, into: Dependencies): void {
    const [name, first, second] = operands;
    const keys = textsOf(instance, first, scope);
    for (const one of textsOf(instance, name, scope)) {
      const mapping = asMap(instance.evaluator.mapping(one)?.value);
      if (!mapping) continue;
      const byFirst = this.#directly(instance, first, scope);
      const bySecond = this.#directly(instance, second, scope);
      const id = [...instance.nesting, one].join("/");
      if (byFirst !== undefined) this.#noteKeys(byFirst, id, mapping);
      if (bySecond !== undefined) {
        const levels =
          keys.length > 0 ? keys.map((key) => get(mapping, key)) : pairs(mapping).map(({ value }) => value);
        levels.forEach((level, i) => {
          const map = asMap(level);
          if (map) this.#noteKeys(bySecond, `${id}/${keys[i] ?? i}`, map);
        });
      }
      this.#addAll(this.#ofMapping(instance, one, mapping), into);
    }
  }

  #ofMapping(instance: TemplateInstance, name: string, mapping: Node): Dependencies {
    const id = [...instance.nesting, name].join("/");
    const before = this.#mappings.get(id);
    if (before) return before;
    const found = none();
    this.#mappings.set(id, found);
    this.#members(instance, mapping, undefined, found, 0);
    return found;
  }

  #addAll(from: Dependencies, into: Dependencies): void {
    for (const variable of from.variables) into.variables.add(variable);
    for (const [id, ref] of from.conditions) into.conditions.set(id, ref);
    into.opaque ||= from.opaque;
  }

  /** The undecided parameter whose text a node is, through parameters of nested stacks. */
  #directly(instance: TemplateInstance, node: Node | undefined, scope: Scope): string | undefined {
    let [at, current, around] = [instance, node, scope];
    for (let depth = 0; depth < maxDepth; depth++) {
      const name = nameReferredTo(current, around);
      if (name === undefined || around?.has(name)) return undefined;
      if (!at.parent || name.startsWith("AWS::")) return this.#variableOf(at, name);
      const entry = this.#passedTo(at)?.get(name);
      if (!entry) return undefined;
      [at, current, around] = [at.parent.instance, entry.value, entry.scope];
    }
    return undefined;
  }

  /** The variable that a name stands for in an instance; only the stack's own template has free parameters. */
  #variableOf(instance: TemplateInstance, name: string): string | undefined {
    const { evaluator, parent } = instance;
    if (sharedNames.has(name))
      return (evaluator.parameter(name)?.kind ?? "undecided") === "undecided" ? name : undefined;
    if (parent) return undefined;
    if (name === "AWS::StackName") return evaluator.parameter(name) === undefined ? name : undefined;
    const node = evaluator.parameterNodes.get(name);
    const value = evaluator.parameter(name);
    if (!node || value?.kind !== "undecided" || value.refused) return undefined;
    const { kind, type } = declarationOf(node);
    return kind === "list" || /<List<|CommaDelimitedList/.test(type) ? undefined : name;
  }

  /** The parameters that a nested stack is given; undefined when these are no plain mapping. */
  #passedTo(instance: TemplateInstance): ReadonlyMap<string, Entry> | undefined {
    if (this.#passed.has(instance)) return this.#passed.get(instance);
    const passed = passedBy(instance.parent);
    this.#passed.set(instance, passed);
    return passed;
  }

  /** The keys of one level of a mapping, once for all that look a parameter up there. */
  #noteKeys(variable: string, level: string, map: MapNode): void {
    const id = `${variable}\n${level}`;
    if (this.#noted.has(id)) return;
    this.#noted.add(id);
    this.#note(
      variable,
      pairs(map).flatMap((pair) => keyText(pair) ?? []),
    );
  }

  #note(variable: string, texts: readonly string[]): void {
    const known = this.texts.get(variable);
    if (known) for (const text of texts) known.add(text);
    else this.texts.set(variable, new Set(texts));
  }
}

function none(): Dependencies {
  return { variables: new Set(), conditions: new Map(), opaque: false };
}

function passedBy(parent: TemplateInstance["parent"]): ReadonlyMap<string, Entry> | undefined {
  if (!parent) return undefined;
  const { instance, resource } = parent;
  const property = propertiesOf(instance.evaluator, resource, undefined).get("Parameters");
  if (!property) return new Map();
  const map = intrinsicOf(property.entry.value) ? undefined : asMap(property.entry.value);
  if (!map) return undefined;
  const { entries } = entriesOf(map, property.entry.scope, instance.evaluator.evaluate);
  return new Map(entries.map((entry) => [entry.key, entry]));
}

/** `Name` of `!Ref Name` and of `!Sub "${Name}"`. */
function nameReferredTo(node: Node | undefined, scope: Scope): string | undefined {
  const call = intrinsicOf(node);
  if (call?.name === "Ref") return nameAt(call.argument, scope);
  if (call?.name !== "Fn::Sub") return undefined;
  return /^\$\{\s*([A-Za-z0-9:]+)\s*\}$/.exec(asScalar(call.argument)?.text ?? "")?.[1];
}

/** All texts that a node can be; empty when it can be any. */
function textsOf({ evaluator }: TemplateInstance, node: Node | undefined, scope: Scope): readonly string[] {
  const value = evaluator.evaluate(node, scope);
  if (value.kind === "scalar") return [value.text];
  const all = (value.kind === "undecided" && value.alternatives) || [];
  return all.flatMap((one) => (one.kind === "scalar" ? one.text : []));
}
