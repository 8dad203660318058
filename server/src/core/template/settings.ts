import { judgeWritten } from "../intrinsics/count.ts";
import { type Evaluated, mapOutcomes, type Nothing, nothing, withSources } from "../intrinsics/evaluated.ts";
import type { Evaluator } from "../intrinsics/evaluator.ts";
import type { Entry } from "../intrinsics/forEach.ts";
import { intrinsicOf } from "../intrinsics/intrinsic.ts";
import type { Place, Setting, Source, Unknown, Value } from "../model.ts";
import { isNull, type Property } from "./property.ts";

/** Where a setting belongs. */
export interface Owner {
  /** The logical id, where findings about what is inherited stand. */
  readonly place: Place;
  /** SAM drops a property that is null; CloudFormation refuses the template. */
  readonly sam: boolean;
}

/** A number of a function that is a property itself (`ReservedConcurrentExecutions`). */
export function settingOf(
  evaluator: Evaluator,
  property: Property | undefined,
  owner: Owner,
  hidden: Unknown | undefined,
): Setting {
  if (!property) {
    return { value: hidden ?? null, place: owner.place, sources: [], origin: "absent" };
  }
  const { value: node, scope } = property.entry;
  const evaluated = owner.sam && isNull(property) ? nothing() : evaluator.evaluate(node, scope);
  return located(evaluator, evaluated, property.entry, owner.place, property.from === "globals", 0);
}

/** A number one level down. */
export interface Member {
  readonly key: string;
  /** AWS refuses less. */
  readonly least: number;
  /** AWS refuses the mapping without it. */
  readonly required: boolean;
}

/** In `ProvisionedConcurrencyConfig`. */
export const provisionedMember: Member = { key: "ProvisionedConcurrentExecutions", least: 1, required: true };

/** In `ScalingConfig`. AWS raises the highest value (1,000) on request, so none is enforced. */
export const maximumMember: Member = { key: "MaximumConcurrency", least: 2, required: false };

/**
 * A number one level down, where the level between may be an intrinsic or partly inherited. Undefined when nothing is set and
 * that is allowed.
 */
export function memberSettingOf(
  evaluator: Evaluator,
  property: Property | undefined,
  member: Member,
  owner: Owner,
): Setting | undefined {
  if (!property || (owner.sam && isNull(property))) return undefined;
  const { value: node, scope } = property.entry;
  const { key, least } = member;
  const global = property.from === "globals";
  const outer = evaluator.evaluate(node, scope);
  const own = evaluator.member(outer, key);
  const inherited =
    property.inherited && evaluator.member(evaluator.evaluate(property.inherited.value, undefined), key);
  const found = own ?? (outer.kind === "mapping" ? inherited : undefined);
  if (found && (found !== own || intrinsicOf(node) === undefined)) {
    const value = demanded(evaluator.evaluate(found.value, found.scope), member);
    return kept(located(evaluator, value, found, owner.place, global || found !== own, least));
  }
  return kept(located(evaluator, through(evaluator, outer, member), property.entry, owner.place, global, least));
}

/** None is no setting at all. */
function kept(setting: Setting): Setting | undefined {
  return setting.value === null && !setting.refused ? undefined : setting;
}

/** The member of a mapping that is reached through intrinsics. */
function through(evaluator: Evaluator, outer: Evaluated, { key, ...member }: Member): Evaluated {
  return mapOutcomes(outer, (value) => {
    if (value.kind === "nothing") return value;
    if (value.kind !== "mapping") {
      const what = value.kind === "list" ? "a list" : "a text";
      return { ...nothing(value.sources), refused: `${what} stands where a mapping with ${key} belongs` };
    }
    const entry = evaluator.member(value, key);
    const found = entry ? evaluator.evaluate(entry.value, entry.scope) : nothing();
    return withSources(demanded(found, { key, ...member }), value.sources);
  });
}

/** Nothing is refused where something has to stand. */
function demanded(value: Evaluated, { key, required }: Member): Evaluated {
  if (!required) return value;
  const demand = (nothing: Nothing): Nothing => ({ ...nothing, missing: `it has no ${key}` });
  if (value.kind === "nothing") return demand(value);
  if (value.kind !== "undecided" || !value.alternatives) return value;
  return { ...value, alternatives: value.alternatives.map((one) => (one.kind === "nothing" ? demand(one) : one)) };
}

type Written = Pick<Entry, "value" | "scope">;

function located(
  evaluator: Evaluator,
  evaluated: Evaluated,
  { value: node, scope }: Written,
  owner: Place,
  global: boolean,
  least: number,
): Setting {
  const { value, refused: why, ...how } = judgeWritten(evaluator, evaluated, node, scope, least);
  const refused = why === undefined ? {} : { refused: { why, ...how } };
  const written = evaluator.placeOf(node);
  if (global) {
    const source: Source = { what: "Globals.Function", place: written };
    return { value, place: owner, sources: [source, ...evaluated.sources], origin: "globals", ...refused };
  }
  const alias: readonly Source[] =
    node.kind === "alias" && node.target
      ? [{ what: `anchor ${node.name}`, place: evaluator.placeOf(node.target) }]
      : [];
  const sources = [...alias, ...evaluated.sources];
  const literal = node.kind === "scalar" && intrinsicOf(node) === undefined && !node.text.includes("{");
  return { value, place: written, sources, origin: literal ? "literal" : "intrinsic", ...refused };
}

/** The setting counts only if something else that is not decided comes true: between 0 and its value. */
export function onlyIf<T extends Setting>(setting: T, reason: string): T {
  if (setting.refused) return { ...setting, refused: { open: reason, ...setting.refused } };
  if (setting.value === null) return setting;
  return { ...setting, value: weakened(setting.value, reason) };
}

function weakened(value: number | Unknown, reason: string): Value {
  if (typeof value === "number") return { unknown: reason, min: 0, max: value };
  return { unknown: value.unknown, min: 0, ...(value.max === undefined ? {} : { max: value.max }) };
}
