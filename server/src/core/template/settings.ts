import { countOf } from "../intrinsics/count.ts";
import { type Evaluated, mapOutcomes, nothing, undecided, withSources } from "../intrinsics/evaluated.ts";
import type { Evaluator } from "../intrinsics/evaluator.ts";
import { intrinsicOf } from "../intrinsics/intrinsic.ts";
import type { Place, Setting, Source, Unknown, Value } from "../model.ts";
import type { Node } from "../syntax/nodes.ts";
import type { Property } from "./property.ts";

/** A number of a function that is a property itself (`ReservedConcurrentExecutions`). */
export function settingOf(
  evaluator: Evaluator,
  property: Property | undefined,
  owner: Place,
  hidden: string | undefined,
): Setting {
  if (!property) {
    const value = hidden === undefined ? null : { unknown: hidden };
    return { value, place: owner, sources: [], origin: "absent" };
  }
  const { value: node, scope } = property.entry;
  const evaluated = evaluator.evaluate(node, scope);
  return located(evaluator, evaluated, node, owner, property.from === "globals");
}

/**
 * A number one level down (`ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions`), where the level between may be an
 * intrinsic or partly inherited. Undefined when nothing is set.
 */
export function memberSettingOf(
  evaluator: Evaluator,
  property: Property | undefined,
  key: string,
  owner: Place,
): Setting | undefined {
  if (!property) return undefined;
  const { value: node, scope } = property.entry;
  const outer = evaluator.evaluate(node, scope);
  const own = evaluator.member(outer, key);
  if (outer.kind === "mapping" && !own) {
    if (!property.inherited) return undefined;
    const inherited = evaluator.member(evaluator.evaluate(property.inherited.value, undefined), key);
    return (
      inherited &&
      kept(located(evaluator, evaluator.evaluate(inherited.value, inherited.scope), inherited.value, owner, true))
    );
  }
  const direct = own && intrinsicOf(node) === undefined;
  if (direct) {
    const value = evaluator.evaluate(own.value, own.scope);
    return kept(located(evaluator, value, own.value, owner, property.from === "globals"));
  }
  return kept(located(evaluator, through(evaluator, outer, key), node, owner, property.from === "globals"));
}

/** None is no setting at all. */
function kept(setting: Setting): Setting | undefined {
  return setting.value === null ? undefined : setting;
}

/** The member of a mapping that is reached through intrinsics. */
function through(evaluator: Evaluator, outer: Evaluated, key: string): Evaluated {
  return mapOutcomes(outer, (value) => {
    if (value.kind === "nothing") return value;
    if (value.kind !== "mapping")
      return undecided(`a ${value.kind === "list" ? "list" : "text"} stands where a mapping with ${key} belongs`);
    const member = evaluator.member(value, key);
    return member ? withSources(evaluator.evaluate(member.value, member.scope), value.sources) : nothing(value.sources);
  });
}

function located(evaluator: Evaluator, evaluated: Evaluated, node: Node, owner: Place, global: boolean): Setting {
  const value = countOf(evaluated);
  const written = evaluator.placeOf(node);
  if (global) {
    const source: Source = { what: "Globals.Function", place: written };
    return { value, place: owner, sources: [source, ...evaluated.sources], origin: "globals" };
  }
  const alias: readonly Source[] =
    node.kind === "alias" && node.target
      ? [{ what: `anchor ${node.name}`, place: evaluator.placeOf(node.target) }]
      : [];
  const sources = [...alias, ...evaluated.sources];
  const literal = node.kind === "scalar" && intrinsicOf(node) === undefined && !node.text.includes("{");
  return { value, place: written, sources, origin: literal ? "literal" : "intrinsic" };
}

/** The setting counts only if something else that is not decided comes true: between 0 and its value. */
export function onlyIf<T extends Setting>(setting: T, reason: string): T {
  if (setting.value === null) return setting;
  return { ...setting, value: weakened(setting.value, reason) };
}

function weakened(value: number | Unknown, reason: string): Value {
  if (typeof value === "number") return { unknown: reason, min: 0, max: value };
  return { unknown: value.unknown, min: 0, ...(value.max === undefined ? {} : { max: value.max }) };
}
