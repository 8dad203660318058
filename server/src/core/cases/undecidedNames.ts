import type { Scope } from "../intrinsics/evaluated.ts";
import { type Entry, entriesOf } from "../intrinsics/forEach.ts";
import { intrinsicOf } from "../intrinsics/intrinsic.ts";
import { nameAt } from "../intrinsics/nodeText.ts";
import { declarationOf } from "../intrinsics/parameterDeclaration.ts";
import { onlyName } from "../intrinsics/placeholders.ts";
import { asMap, asScalar } from "../syntax/lookup.ts";
import type { Node } from "../syntax/nodes.ts";
import { sharedNames, type TemplateInstance } from "../template/instance.ts";
import { propertiesOf } from "../template/property.ts";

/** Parameters may be passed on through this many nested stacks. */
const maxPassedOn = 120;

/** Finds the undecided parameter that a name stands for, through the parameters that nested stacks are given. */
export class UndecidedNames {
  readonly #passed = new Map<TemplateInstance, ReadonlyMap<string, Entry> | undefined>();

  /** The undecided parameter of this name in an instance; only the stack's own template has parameters that nobody passes. */
  variableOf({ evaluator, parent }: TemplateInstance, name: string): string | undefined {
    const value = evaluator.parameter(name);
    if (sharedNames.has(name)) return value === undefined || value.kind === "undecided" ? name : undefined;
    if (parent) return undefined;
    if (name === "AWS::StackName") return value === undefined ? name : undefined;
    const node = evaluator.parameterNodes.get(name);
    if (!node || value?.kind !== "undecided" || value.refused) return undefined;
    const { kind, type } = declarationOf(node);
    return kind === "list" || /<List<|CommaDelimitedList/.test(type) ? undefined : name;
  }

  /** The undecided parameter whose text a node is: `!Ref Stage`, `!Sub "${Stage}"`. */
  variableAt(instance: TemplateInstance, node: Node | undefined, scope: Scope): string | undefined {
    let [at, current, around] = [instance, node, scope];
    for (let passedOn = 0; passedOn < maxPassedOn; passedOn++) {
      const name = nameReferredTo(current, around);
      if (name === undefined || around?.has(name)) return undefined;
      if (!at.parent || name.startsWith("AWS::")) return this.variableOf(at, name);
      const entry = this.passedTo(at)?.get(name);
      if (!entry) return undefined;
      [at, current, around] = [at.parent.instance, entry.value, entry.scope];
    }
    return undefined;
  }

  /** The parameters that a nested stack is given; undefined when these are no plain mapping. */
  passedTo(instance: TemplateInstance): ReadonlyMap<string, Entry> | undefined {
    if (this.#passed.has(instance)) return this.#passed.get(instance);
    const passed = passedBy(instance.parent);
    this.#passed.set(instance, passed);
    return passed;
  }
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

function nameReferredTo(node: Node | undefined, scope: Scope): string | undefined {
  const call = intrinsicOf(node);
  if (call?.name === "Ref") return nameAt(call.argument, scope);
  return call?.name === "Fn::Sub" ? onlyName(asScalar(call.argument)?.text ?? "") : undefined;
}
