import type { Source, Uri } from "../model.ts";
import { isRefused, refusedValue } from "../refused.ts";
import { asMap, keyText, pairs, scalarText } from "../syntax/lookup.ts";
import type { MapNode, Node, ScalarNode } from "../syntax/nodes.ts";
import { type Evaluated, eitherOf, hole, scalar, type Undecided, undecided, withSources } from "./evaluated.ts";
import type { Assumptions, RefusedParameter } from "./evaluator.ts";
import { judgeOf, type Violation } from "./parameterConstraints.ts";
import { declarationOf, elementsOf, isConstrained, type ParameterDeclaration } from "./parameterDeclaration.ts";

/** A value given for a parameter from outside: a text, or undecided when the giver does not know it. */
export interface Given {
  readonly value: string | Undecided;
  /** Where it comes from, nearest first. */
  readonly sources: readonly Source[];
}

interface Parameters {
  /** Undefined when no parameter or given pseudo parameter has this name. */
  value(name: string): Evaluated | undefined;
  /** The declarations as written. */
  readonly declared: ReadonlyMap<string, Node>;
  /** The parameters whose given or default value CloudFormation refuses. */
  refused(): readonly RefusedParameter[];
}

/**
 * The `Parameters` section under the given values, each parameter evaluated once and only when asked for.
 * @param assumed the case that is looked at: its values count instead
 */
export function createParameters(
  uri: Uri,
  section: MapNode | undefined,
  given: ReadonlyMap<string, Given>,
  assumed?: Pick<Assumptions, "base" | "parameters">,
): Parameters {
  const declared = assumed?.base.parameterNodes ?? readDeclared(section);
  const known = new Map<string, Evaluated>();
  const refused = new Map<string, RefusedParameter>();
  const evaluated = (name: string, node: Node | undefined): Evaluated => {
    const { value, violation } = evaluateParameter(uri, name, node, given.get(name));
    if (violation) refused.set(name, { name, sources: value.sources, ...violation });
    known.set(name, value);
    return value;
  };
  return {
    declared,
    value: (name) => {
      const before = assumed?.parameters.get(name) ?? known.get(name);
      if (before) return before;
      const node = declared.get(name);
      if (!node && !(given.has(name) && name.startsWith("AWS::"))) return undefined;
      return evaluated(name, node);
    },
    refused: () => {
      for (const [name, node] of declared) {
        if (!known.has(name) && !assumed?.parameters.has(name) && isConstrained(node)) evaluated(name, node);
      }
      return [...declared.keys()].flatMap((name) => refused.get(name) ?? []);
    },
  };
}

function readDeclared(section: MapNode | undefined): ReadonlyMap<string, Node> {
  const declared = new Map<string, Node>();
  for (const pair of section ? pairs(section) : []) {
    const name = keyText(pair);
    if (name !== undefined) declared.set(name, pair.value);
  }
  return declared;
}

interface Parameter {
  readonly value: Evaluated;
  readonly violation?: Violation;
}

function evaluateParameter(uri: Uri, name: string, node: Node | undefined, given: Given | undefined): Parameter {
  const declaration = declarationOf(node);
  const { default: written, kind } = declaration;
  const text = given ? given.value : written && scalarText(written);
  const sources = given ? givenSources(name, given) : written ? [defaultSource(uri, name, written)] : [];
  const violation = text === undefined ? undefined : refusalOf(declaration, text);
  if (kind === "ssm") return { value: fromSystemsManager(name, sources), ...(violation && { violation }) };
  if (violation) {
    const { unknown: reason } = refusedValue(`parameter ${name} ${violation.problem}`);
    return { value: undecided(reason, { sources, sketch: hole(name), refused: true }), violation };
  }
  if (typeof text === "string") return { value: typed(text, declaration, sources) };
  const asDeclared = () => open(uri, name, node, declaration);
  if (text === undefined) return { value: asDeclared() };
  const value = givenUndecided(name, declaration, text, sources);
  return { value: node ? withinDeclared(value, asDeclared()) : value };
}

/** What is wrong with a value, or with every one of those that it can be. */
function refusalOf(declaration: ParameterDeclaration, value: string | Undecided): Violation | undefined {
  const judge = judgeOf(declaration);
  if (typeof value === "string") return judge(value);
  let first: Violation | undefined;
  for (const item of value.alternatives ?? []) {
    const violation = item.kind === "scalar" ? judge(item.text) : undefined;
    if (!violation) return undefined;
    first ??= violation;
  }
  return first;
}

function fromSystemsManager(name: string, sources: readonly Source[]): Evaluated {
  return undecided(`parameter ${name} is read from Systems Manager at deployment`, { sources, sketch: hole(name) });
}

function defaultSource(uri: Uri, name: string, written: ScalarNode): Source {
  return { what: `parameter ${name} (Default)`, place: written.placeIn(uri) };
}

function givenSources(name: string, { sources: [nearest, ...rest] }: Given): readonly Source[] {
  const called = name.startsWith("AWS::") ? name : `parameter ${name}`;
  const source: Source = { what: `${called}${nearest ? ` (${nearest.what})` : ""}` };
  return [nearest?.place ? { ...source, place: nearest.place } : source, ...rest];
}

function givenUndecided(
  name: string,
  { kind }: ParameterDeclaration,
  given: Undecided,
  sources: readonly Source[],
): Undecided {
  const { late: _deployedByThen, alternatives, ...value } = given;
  const kept = alternatives && kind !== "list" ? { alternatives } : {};
  const isSaid = value.reason.startsWith("parameter ") || isRefused({ unknown: value.reason });
  return {
    ...value,
    ...kept,
    reason: isSaid ? value.reason : `parameter ${name}: ${value.reason}`,
    sources,
    sketch: hole(name),
  };
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
  const sources = [declarationPlace ? { ...source, place: declarationPlace.placeIn(uri) } : source];
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
