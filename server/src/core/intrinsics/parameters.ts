import type { Source, Uri } from "../model.ts";
import { asMap, asScalar, deref, get, keyText, pairs } from "../syntax/lookup.ts";
import type { MapNode, Node } from "../syntax/nodes.ts";
import { type Evaluated, eitherOf, hole, scalar, type Undecided, undecided, withSources } from "./evaluated.ts";
import { spanOf } from "./intrinsic.ts";
import { scalarText } from "./scalarText.ts";

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
}

/** The `Parameters` section under the given values, each parameter evaluated once and only when asked for. */
export function createParameters(
  uri: Uri,
  section: MapNode | undefined,
  given: ReadonlyMap<string, Given>,
): Parameters {
  const declared = new Map<string, Node>();
  for (const pair of section ? pairs(section) : []) {
    const name = keyText(pair);
    if (name !== undefined) declared.set(name, pair.value);
  }
  const known = new Map<string, Evaluated>();
  return {
    names: [...declared.keys()],
    value: (name) => {
      const before = known.get(name);
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

function evaluateParameter(uri: Uri, name: string, declaration: Node | undefined, given: Given | undefined): Evaluated {
  const type = asScalar(get(declaration, "Type"))?.text ?? "String";
  if (type.startsWith("AWS::SSM::Parameter::Value")) {
    return undecided(`parameter ${name} is read from Systems Manager at deployment`, { sketch: hole(name) });
  }
  if (given) {
    const value = givenValue(name, type, given);
    if (value.kind !== "undecided" || !declaration) return value;
    return withinDeclared(value, open(uri, name, declaration, type));
  }
  const written = asScalar(get(declaration, "Default"));
  if (written && (written.value !== null || written.style !== "plain") && written.style !== "empty") {
    const source = { what: `parameter ${name} (Default)`, place: { uri, ...spanOf(written) } };
    return typed(scalarText(written), type, [source]);
  }
  return open(uri, name, declaration, type);
}

function givenValue(name: string, type: string, given: Given): Evaluated {
  const [nearest, ...rest] = given.sources;
  const called = name.startsWith("AWS::") ? name : `parameter ${name}`;
  const source: Source = { what: `${called}${nearest ? ` (${nearest.what})` : ""}` };
  const sources = [nearest?.place ? { ...source, place: nearest.place } : source, ...rest];
  if (typeof given.value === "string") return typed(given.value, type, sources);
  const { late: _deployedByThen, alternatives, ...value } = given.value;
  const kept = alternatives && !isList(type) ? { alternatives } : {};
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

function isList(type: string): boolean {
  return type === "CommaDelimitedList" || type.startsWith("List<");
}

function typed(text: string, type: string, sources: readonly Source[]): Evaluated {
  if (!isList(type)) return scalar(text, sources);
  const items = text === "" ? [] : text.split(",").map((item) => scalar(item.trim()));
  return { kind: "list", items, sources };
}

/** A parameter that nobody gives a value: bounded by what its declaration allows. */
function open(uri: Uri, name: string, declaration: Node | undefined, type: string): Evaluated {
  const reason = `parameter ${name} has no default and no value is given`;
  const declarationPlace = asMap(declaration);
  const source: Source = { what: `parameter ${name}` };
  const sources = [declarationPlace ? { ...source, place: { uri, ...spanOf(declarationPlace) } } : source];
  const sketch = hole(name);
  const allowed = deref(get(declaration, "AllowedValues"));
  if (!isList(type) && allowed?.kind === "seq" && allowed.items.length > 0) {
    const outcomes: Evaluated[] = [];
    for (const item of allowed.items) {
      const one = asScalar(item);
      if (one) outcomes.push(scalar(scalarText(one)));
    }
    return eitherOf(reason, sources, outcomes, { sketch });
  }
  if (type !== "Number") return undecided(reason, { sources, sketch });
  const min = limitOf(get(declaration, "MinValue"), Math.ceil);
  const max = limitOf(get(declaration, "MaxValue"), Math.floor);
  return undecided(reason, {
    sources,
    sketch,
    ...(min === undefined ? {} : { min: Math.max(0, min) }),
    ...(max === undefined || max < 0 ? {} : { max }),
  });
}

function limitOf(node: Node | undefined, round: (value: number) => number): number | undefined {
  const written = asScalar(node);
  if (!written || written.text.trim() === "") return undefined;
  const value = Number(scalarText(written));
  return Number.isFinite(value) ? round(value) : undefined;
}
