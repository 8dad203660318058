import type { Source, Uri } from "../model.ts";
import { asMap, keyText, pairs, scalarText } from "../syntax/lookup.ts";
import type { MapNode, Node } from "../syntax/nodes.ts";
import { type Evaluated, eitherOf, hole, scalar, type Undecided, undecided, withSources } from "./evaluated.ts";
import { spanOf } from "./intrinsic.ts";
import { declarationOf, elementsOf, type ParameterDeclaration } from "./parameterDeclaration.ts";

/** A value given for a parameter from outside: a text, or undecided when the giver does not know it. */
export interface Given {
  readonly value: string | Undecided;
  /** Where it comes from, nearest first. */
  readonly sources: readonly Source[];
}

interface Parameters {
  readonly names: readonly string[];
  /** Undefined when no parameter or given pseudo parameter has this name. */
  value(name: string): Evaluated | undefined;
  /** The declaration as written. */
  declared(name: string): Node | undefined;
}

/**
 * The `Parameters` section under the given values, each parameter evaluated once and only when asked for.
 * @param assumed values in the case that is looked at, which count instead
 */
export function createParameters(
  uri: Uri,
  section: MapNode | undefined,
  given: ReadonlyMap<string, Given>,
  assumed: ReadonlyMap<string, Evaluated>,
): Parameters {
  const declared = new Map<string, Node>();
  for (const pair of section ? pairs(section) : []) {
    const name = keyText(pair);
    if (name !== undefined) declared.set(name, pair.value);
  }
  const known = new Map<string, Evaluated>();
  return {
    names: [...declared.keys()],
    declared: (name) => declared.get(name),
    value: (name) => {
      const before = assumed.get(name) ?? known.get(name);
      if (before) return before;
      const declaration = declared.get(name);
      const from = given.get(name);
      if (!declaration && !(from && name.startsWith("AWS::"))) return undefined;
      const value = evaluateParameter(uri, name, declaration, from);
      known.set(name, value);
      return value;
    },
  };
}

function evaluateParameter(uri: Uri, name: string, node: Node | undefined, given: Given | undefined): Evaluated {
  const declaration = declarationOf(node);
  if (declaration.kind === "ssm") {
    return undecided(`parameter ${name} is read from Systems Manager at deployment`, { sketch: hole(name) });
  }
  if (given) {
    const value = givenValue(name, declaration, given);
    if (value.kind !== "undecided" || !node) return value;
    return withinDeclared(value, open(uri, name, node, declaration));
  }
  const written = declaration.default;
  if (!written) return open(uri, name, node, declaration);
  const source = { what: `parameter ${name} (Default)`, place: { uri, ...spanOf(written) } };
  return typed(scalarText(written), declaration, [source]);
}

function givenValue(name: string, declaration: ParameterDeclaration, given: Given): Evaluated {
  const [nearest, ...rest] = given.sources;
  const called = name.startsWith("AWS::") ? name : `parameter ${name}`;
  const source: Source = { what: `${called}${nearest ? ` (${nearest.what})` : ""}` };
  const sources = [nearest?.place ? { ...source, place: nearest.place } : source, ...rest];
  if (typeof given.value === "string") return typed(given.value, declaration, sources);
  const { late: _deployedByThen, alternatives, ...value } = given.value;
  const kept = alternatives && declaration.kind !== "list" ? { alternatives } : {};
  const reason = value.reason.startsWith("parameter ") ? value.reason : `parameter ${name}: ${value.reason}`;
  return { ...value, ...kept, reason, sources, sketch: hole(name) };
}

/** What a giver does not know lies within what the declaration allows all the same, or CloudFormation refuses it. */
function withinDeclared(value: Undecided, allowed: Evaluated): Evaluated {
  if (value.refused || value.alternatives) return value;
  if (allowed.kind !== "undecided") return withSources(allowed, value.sources);
  if (allowed.alternatives) {
    const { min: _min, max: _max, ...unbounded } = value;
    return { ...unbounded, alternatives: allowed.alternatives };
  }
  const min = higher(value.min, allowed.min);
  const max = lower(value.max, allowed.max);
  if (min !== undefined && max !== undefined && min > max) return value;
  return { ...value, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

function higher(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b);
}

function lower(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

function typed(text: string, { kind }: ParameterDeclaration, sources: readonly Source[]): Evaluated {
  if (kind !== "list") return scalar(text, sources);
  return { kind: "list", items: elementsOf(text).map((item) => scalar(item)), sources };
}

/** A parameter that nobody gives a value: bounded by what its declaration allows. */
function open(uri: Uri, name: string, node: Node | undefined, declaration: ParameterDeclaration): Evaluated {
  const reason = `parameter ${name} has no default and no value is given`;
  const declarationPlace = asMap(node);
  const source: Source = { what: `parameter ${name}` };
  const sources = [declarationPlace ? { ...source, place: { uri, ...spanOf(declarationPlace) } } : source];
  const sketch = hole(name);
  const { kind, allowedValues, minValue, maxValue } = declaration;
  if (kind !== "list" && allowedValues) {
    const outcomes = allowedValues.map((text) => scalar(text));
    return eitherOf(reason, sources, outcomes, { sketch });
  }
  if (kind !== "number") return undecided(reason, { sources, sketch });
  return undecided(reason, {
    sources,
    sketch,
    ...(minValue === undefined ? {} : { min: Math.max(0, Math.ceil(minValue)) }),
    ...(maxValue === undefined || maxValue < 0 ? {} : { max: Math.floor(maxValue) }),
  });
}
