import type { Source } from "../model.ts";
import type { MapNode } from "../syntax/nodes.ts";

/** Values of the `Fn::ForEach` identifiers around a node; undefined outside of loops. */
export type Scope = ReadonlyMap<string, string> | undefined;

/** What a node of a template means under the given parameters. */
export type Evaluated = Scalar | Nothing | List | Mapping | Undecided;

/** A text. CloudFormation passes every scalar as text, so `5`, `"5"` and a parameter of 5 are the same. */
export interface Scalar {
  readonly kind: "scalar";
  readonly text: string;
  /** Known here, but CloudFormation has it only after deployment: an output of a nested stack. */
  readonly late?: true;
  readonly sources: readonly Source[];
}

/** `null`, an empty value or `AWS::NoValue`: as if the property were not written. */
export interface Nothing {
  readonly kind: "nothing";
  /** AWS refuses what stands there, as a phrase: null, or a text where a mapping belongs. */
  readonly refused?: string;
  /** AWS refuses that nothing stands there, as a phrase. */
  readonly missing?: string;
  readonly sources: readonly Source[];
}

export interface List {
  readonly kind: "list";
  readonly items: readonly Evaluated[];
  readonly sources: readonly Source[];
}

/** A mapping that is no intrinsic; its members are evaluated only when asked for. */
export interface Mapping {
  readonly kind: "mapping";
  readonly map: MapNode;
  readonly scope: Scope;
  readonly sources: readonly Source[];
}

/** A value that this template and these parameters do not decide. */
export interface Undecided {
  readonly kind: "undecided";
  /** A phrase that fits behind "unknown: ". */
  readonly reason: string;
  readonly sources: readonly Source[];
  /** All values it can take, when that is a finite list; items may be undecided themselves (without a list of their own). */
  readonly alternatives?: readonly Evaluated[];
  readonly min?: number;
  readonly max?: number;
  /** It is looked up in a mapping that has no such entry, so CloudFormation refuses whatever it is a property of. */
  readonly noEntry?: true;
  /** Texts that it is known not to be: the class "anything else" of a parameter in a case. */
  readonly not?: ReadonlySet<string>;
  /** The text with a hole (`\0Name\0`) for each part that is not decided: equal sketches mean equal values. */
  readonly sketch?: string;
  /** Only exists after deployment (an attribute, an export): CloudFormation refuses it as a mapping key or in a condition. */
  readonly late?: true;
  /** CloudFormation refuses the expression: even if all alternatives agree, there is no value. */
  readonly refused?: true;
}

const noSources: readonly Source[] = [];

export function scalar(text: string, sources = noSources): Scalar {
  return { kind: "scalar", text, sources };
}

export function nothing(sources = noSources): Nothing {
  return { kind: "nothing", sources };
}

export function undecided(reason: string, more: Partial<Omit<Undecided, "kind" | "reason">> = {}): Undecided {
  return { kind: "undecided", reason, sources: noSources, ...more };
}

/** More sources than this are not kept: a chain of conditions would hold one for each link above each link. */
const maxSources = 20;

/** The nearest of many sources. */
export function nearest(sources: readonly Source[]): readonly Source[] {
  return sources.length > maxSources ? sources.slice(0, maxSources) : sources;
}

/** Puts sources in front of those that a value already has. */
export function withSources<T extends Evaluated>(value: T, nearer: readonly Source[]): T {
  if (nearer.length === 0) return value;
  return { ...value, sources: nearest(value.sources.length === 0 ? nearer : [...nearer, ...value.sources]) };
}

/** A hole of a sketch. */
export function hole(name: string): string {
  return `\0${name}\0`;
}

/** The text of a scalar, or the sketch of an undecided text. */
export function sketchOf(value: Evaluated): string | undefined {
  if (value.kind === "scalar") return value.text;
  return value.kind === "undecided" ? value.sketch : undefined;
}

/** A sketch for people: `${Stage}-orders`. */
export function readable(sketch: string): string {
  return sketch.replace(/\0([^\0]*)\0/g, (_, name: string) => `\${${name}}`);
}

/** More outcomes than this are not listed. Mappings with one entry per account and Region reach a few hundred. */
const maxAlternatives = 512;

/**
 * One of several outcomes, we do not know which: the outcome itself when all agree, else undecided with the outcomes as
 * alternatives.
 */
export function eitherOf(
  reason: string,
  sources: readonly Source[],
  outcomes: readonly Evaluated[],
  more: Partial<Pick<Undecided, "sketch" | "late" | "refused">> = {},
): Evaluated {
  const flat: Evaluated[] = [];
  const texts = new Set<string>();
  let none = false;
  let refused = more.refused === true;
  for (const outcome of outcomes) {
    if (outcome.kind === "undecided" && outcome.refused) refused = true;
    const parts = outcome.kind === "undecided" && outcome.alternatives ? outcome.alternatives : [outcome];
    for (const part of parts) {
      if (part.kind === "scalar") {
        if (texts.has(part.text)) continue;
        texts.add(part.text);
      }
      if (part.kind === "nothing" && (part.refused ?? part.missing) === undefined) {
        if (none) continue;
        none = true;
      }
      flat.push(part);
      if (flat.length > maxAlternatives) return undecided(reason, { sources, ...more });
    }
  }
  const only = flat.length === 1 && !refused ? flat[0] : undefined;
  if (only && only.kind !== "undecided") return withSources(only, sources);
  const rest = { sources, ...more, ...(refused ? { refused } : {}) };
  return undecided(reason, flat.length === 0 ? rest : { ...rest, alternatives: flat });
}

/** Applies a function to a decided value, or to each alternative of an undecided one. */
export function mapOutcomes(value: Evaluated, apply: (outcome: Exclude<Evaluated, Undecided>) => Evaluated): Evaluated {
  if (value.kind !== "undecided") return apply(value);
  if (!value.alternatives) {
    const { reason, sources, late, noEntry } = value;
    return undecided(reason, { sources, ...(late && { late }), ...(noEntry && { noEntry }) });
  }
  const outcomes = value.alternatives.map((item) => (item.kind === "undecided" ? item : apply(item)));
  return eitherOf(value.reason, value.sources, outcomes, value.refused ? { refused: true } : {});
}
