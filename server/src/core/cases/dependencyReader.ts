import type { Scope } from "../intrinsics/evaluated.ts";
import { entriesOf } from "../intrinsics/forEach.ts";
import { type Intrinsic, intrinsicOf } from "../intrinsics/intrinsic.ts";
import { nameAt } from "../intrinsics/nodeText.ts";
import { piecesOf } from "../intrinsics/placeholders.ts";
import { fillIn } from "../intrinsics/scope.ts";
import { asMap, asScalar, deref, get, pairs, scalarText } from "../syntax/lookup.ts";
import type { Node } from "../syntax/nodes.ts";
import { type FunctionDraft, hasUndecidedSources } from "../template/functions.ts";
import type { TemplateInstance } from "../template/instance.ts";
import { propertiesOf } from "../template/property.ts";
import type { Resource } from "../template/resources.ts";
import { ComparedTexts, textsOf } from "./comparedTexts.ts";
import { addDependencies, type ConditionRef, type Dependencies, noDependencies } from "./dependencies.ts";
import { UndecidedNames } from "./undecidedNames.ts";

/** Properties of a function that decide what it claims, or whether AWS takes it. */
const ofFunctions = [
  "SnapStart",
  "ReservedConcurrentExecutions",
  "ProvisionedConcurrencyConfig",
  "AutoPublishAlias",
  "CapacityProviderConfig",
  "TenancyConfig",
];
/** The same of what is attached to it: aliases, versions, scaling targets, event source mappings. */
const ofAttached = ["ProvisionedConcurrencyConfig", "FunctionVersion", "MinCapacity", "MaxCapacity", "ScalingConfig"];

/** Nodes nested deeper than this are not followed; the evaluator gives up there too. */
const maxDepth = 120;
/** Bounds the work for one stack: aliases of aliases multiply. */
const maxSteps = 200_000;

/** Where a walk is: in which template, under which variables of loops, how deep; `into` takes what is found. */
interface Walk {
  readonly instance: TemplateInstance;
  readonly scope: Scope;
  readonly into: Dependencies;
  readonly depth: number;
}

/**
 * Reads off what claims depend on, and which texts a parameter is told apart by. What is missed only costs precision: a value
 * whose parameters are not all decided in a case keeps its bounds there.
 */
export class DependencyReader {
  readonly #names = new UndecidedNames();
  readonly #conditions = new Map<string, Dependencies>();
  readonly #mappings = new Map<string, Dependencies>();
  readonly #unread: ConditionRef[] = [];
  readonly texts = new ComparedTexts(this.#names);
  #steps = 0;

  /** What the claim of a function depends on, the existence of the nested stacks around it included. */
  ofFunction(instance: TemplateInstance, draft: FunctionDraft): Dependencies {
    const into = noDependencies();
    for (const key of ofFunctions) {
      const property = draft.properties.get(key);
      if (property) this.#visit(property.entry.value, walk(instance, into, property.entry.scope));
      if (property?.inherited) this.#visit(property.inherited.value, walk(instance, into));
    }
    this.#visitEvents(instance, draft, into);
    this.#addConditionOf(instance, draft.resource, into);
    for (const resource of instance.attached.get(draft.resource.logicalId) ?? []) {
      this.#addConditionOf(instance, resource, into);
      const properties = propertiesOf(instance.evaluator, resource, undefined);
      for (const key of ofAttached) {
        const entry = properties.get(key)?.entry;
        if (entry) this.#visit(entry.value, walk(instance, into, entry.scope));
      }
    }
    for (let { parent } = instance; parent; parent = parent.instance.parent) {
      this.#addConditionOf(parent.instance, parent.resource, into);
    }
    return into;
  }

  /** SAM's event sources, as far as they bound how many executions they start. */
  #visitEvents(instance: TemplateInstance, draft: FunctionDraft, into: Dependencies): void {
    if (!hasUndecidedSources(draft)) return;
    const property = draft.properties.get("Events");
    const events = property && asMap(property.entry.value);
    if (!events) return;
    for (const { value, scope } of entriesOf(events, property.entry.scope, instance.evaluator.evaluate).entries) {
      this.#visit(get(get(value, "Properties"), "ScalingConfig"), walk(instance, into, scope));
    }
  }

  /** What a condition depends on directly. */
  ofCondition({ id, instance, name }: ConditionRef): Dependencies {
    const before = this.#conditions.get(id);
    if (before) return before;
    const into = noDependencies();
    this.#conditions.set(id, into);
    const entry = instance.evaluator.conditionEntry(name);
    if (entry) this.#visit(entry.value, walk(instance, into, entry.scope));
    return into;
  }

  /** Reads every condition that was met, so that all texts are known before classes are made. */
  readConditions(): void {
    for (let next = this.#unread.pop(); next; next = this.#unread.pop()) this.ofCondition(next);
  }

  #addConditionOf(instance: TemplateInstance, { map, scope }: Resource, into: Dependencies): void {
    this.#addCondition(instance, nameAt(get(map, "Condition"), scope), into);
  }

  #addCondition(instance: TemplateInstance, name: string | undefined, into: Dependencies): void {
    if (name === undefined) return;
    const id = [...instance.nesting, name].join("/");
    if (into.conditions.has(id)) return;
    const ref = { id, instance, name };
    into.conditions.set(id, ref);
    this.#unread.push(ref);
  }

  #visit(node: Node | undefined, at: Walk): void {
    const target = deref(node);
    if (!target || (target.kind === "scalar" && target.tag === undefined)) return;
    if (at.depth > maxDepth || ++this.#steps > maxSteps) {
      at.into.opaque = true;
      return;
    }
    const inner: Walk = { instance: at.instance, into: at.into, scope: at.scope, depth: at.depth + 1 };
    const call = intrinsicOf(target);
    if (call) this.#call(call, inner);
    else this.#members(target, inner);
  }

  #members(node: Node | undefined, at: Walk): void {
    const target = deref(node);
    if (target?.kind === "seq") for (const item of target.items) this.#visit(item, at);
    if (target?.kind === "map") for (const pair of pairs(target)) this.#visit(pair.value, at);
  }

  #call(call: Intrinsic, at: Walk): void {
    const { instance, scope, into } = at;
    const operands = instance.evaluator.arguments(call);
    const visit = (nodes: readonly Node[]) => {
      for (const node of nodes) this.#visit(node, at);
    };
    switch (call.name) {
      case "Ref":
        this.#refer(nameAt(call.argument, scope), at);
        break;
      case "Condition":
        this.#addCondition(instance, nameAt(call.argument, scope), into);
        break;
      case "Fn::If":
        this.#addCondition(instance, nameAt(operands[0], scope), into);
        visit(operands.slice(1));
        break;
      case "Fn::Sub":
        this.#substitution(call, at);
        break;
      case "Fn::Equals":
        this.texts.noteComparison(instance, operands, scope);
        visit(operands);
        break;
      case "Fn::FindInMap":
        this.#lookedUp(operands, at);
        visit(operands);
        break;
      case "Fn::GetAtt":
        this.#attribute(call, at);
        break;
      default:
        if (call.tagged) this.#members(call.argument, at);
        else this.#visit(call.argument, at);
    }
  }

  #refer(name: string | undefined, { instance, scope, into, depth }: Walk): void {
    if (name === undefined || scope?.has(name)) return;
    const variable = this.#names.variableOf(instance, name);
    if (variable !== undefined) into.variables.add(variable);
    if (!instance.parent || name.startsWith("AWS::")) return;
    const passed = this.#names.passedTo(instance);
    const entry = passed?.get(name);
    if (entry) this.#visit(entry.value, walk(instance.parent.instance, into, entry.scope, depth + 1));
    else if (!passed) into.opaque = true;
  }

  #substitution(call: Intrinsic, at: Walk): void {
    const [first, variables] = at.instance.evaluator.arguments(call);
    const written = asScalar(first ?? call.argument);
    if (variables) this.#members(variables, at);
    if (!written) return;
    for (const piece of piecesOf(fillIn(scalarText(written), at.scope))) {
      if ("text" in piece || get(variables, piece.name)) continue;
      if (piece.name.includes(".")) this.#output(piece.name.split("."), at);
      else this.#refer(piece.name, at);
    }
  }

  #attribute(call: Intrinsic, at: Walk): void {
    const value = at.instance.evaluator.argument(call, at.scope);
    const parts = value.kind === "list" ? value.items : [value];
    const path = parts.flatMap((part) => (part.kind === "scalar" ? part.text.split(".") : []));
    this.#output(path, at);
  }

  /** An output of a nested stack: what its value depends on there. */
  #output([id = "", section, name = ""]: readonly string[], { instance, into, depth }: Walk): void {
    const child = section === "Outputs" ? instance.children.get(id) : undefined;
    if (!child) return;
    this.#visit(get(get(get(child.root, "Outputs"), name), "Value"), walk(child, into, undefined, depth + 1));
  }

  /** Notes the keys that a parameter is looked up among, and what the values of the mapping depend on. */
  #lookedUp(operands: readonly Node[], { instance, scope, into }: Walk): void {
    for (const name of textsOf(instance, operands[0], scope)) {
      const mapping = asMap(instance.evaluator.mapping(name)?.value);
      if (!mapping) continue;
      const id = [...instance.nesting, name].join("/");
      this.texts.noteLookUp(instance, operands, scope, id, mapping);
      addDependencies(this.#ofMapping(instance, id, mapping), into);
    }
  }

  #ofMapping(instance: TemplateInstance, id: string, mapping: Node): Dependencies {
    const before = this.#mappings.get(id);
    if (before) return before;
    const into = noDependencies();
    this.#mappings.set(id, into);
    this.#members(mapping, walk(instance, into));
    return into;
  }
}

function walk(instance: TemplateInstance, into: Dependencies, scope?: Scope, depth = 0): Walk {
  return { instance, into, scope, depth };
}
