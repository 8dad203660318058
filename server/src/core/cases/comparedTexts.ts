import type { Scope } from "../intrinsics/evaluated.ts";
import { asMap, get, keyText, pairs } from "../syntax/lookup.ts";
import type { MapNode, Node } from "../syntax/nodes.ts";
import type { TemplateInstance } from "../template/instance.ts";
import type { UndecidedNames } from "./undecidedNames.ts";

/** The texts that each undecided parameter is told apart by: what it is compared with, and the keys it is looked up among. */
export class ComparedTexts {
  readonly #names: UndecidedNames;
  readonly #texts = new Map<string, Set<string>>();
  readonly #noted = new Set<string>();

  constructor(names: UndecidedNames) {
    this.#names = names;
  }

  /** Those of one parameter. */
  of(variable: string): ReadonlySet<string> {
    return this.#texts.get(variable) ?? new Set();
  }

  /** Notes the operands of a `Fn::Equals`. */
  noteComparison(instance: TemplateInstance, operands: readonly Node[], scope: Scope): void {
    const [left, right] = operands;
    for (const [one, other] of [
      [left, right],
      [right, left],
    ]) {
      const variable = this.#names.variableAt(instance, one, scope);
      if (variable !== undefined) this.#note(variable, textsOf(instance, other, scope));
    }
  }

  /** Notes the keys of a mapping for the parameters that a `Fn::FindInMap` looks up in it; `id` names the mapping in its stack. */
  noteLookUp(instance: TemplateInstance, operands: readonly Node[], scope: Scope, id: string, mapping: MapNode): void {
    const [, first, second] = operands;
    const byFirst = this.#names.variableAt(instance, first, scope);
    const bySecond = this.#names.variableAt(instance, second, scope);
    if (byFirst !== undefined) this.#noteKeys(byFirst, id, mapping);
    if (bySecond === undefined) return;
    const keys = textsOf(instance, first, scope);
    const levels = keys.length > 0 ? keys.map((key) => get(mapping, key)) : pairs(mapping).map(({ value }) => value);
    levels.forEach((level, i) => {
      const map = asMap(level);
      if (map) this.#noteKeys(bySecond, `${id}/${keys[i] ?? i}`, map);
    });
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
    const known = this.#texts.get(variable) ?? new Set<string>();
    this.#texts.set(variable, known);
    for (const text of texts) known.add(text);
  }
}

/** All texts that a node can be; empty when it can be any. */
export function textsOf({ evaluator }: TemplateInstance, node: Node | undefined, scope: Scope): readonly string[] {
  const value = evaluator.evaluate(node, scope);
  if (value.kind === "scalar") return [value.text];
  const all = (value.kind === "undecided" && value.alternatives) || [];
  return all.flatMap((one) => (one.kind === "scalar" ? one.text : []));
}
