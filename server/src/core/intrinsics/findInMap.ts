import { asMap, get, keyText, pairs } from "../syntax/lookup.ts";
import type { Node } from "../syntax/nodes.ts";
import { type Evaluated, eitherOf, readable, type Scope, sketchOf, undecided, withSources } from "./evaluated.ts";
import type { Evaluator } from "./evaluator.ts";
import type { Intrinsic } from "./intrinsic.ts";

/** A node of a mapping with the keys that lead to it. */
interface Found {
  readonly node: Node;
  readonly path: string;
}

/** More entries than this are not followed. */
const maxFound = 2_000;

/** `Fn::FindInMap`: a key that is not decided is bound by all entries of its level. */
export function findInMap(evaluator: Evaluator, call: Intrinsic, scope: Scope): Evaluated {
  const [first, second, third, options] = evaluator.arguments(call);
  if (!first || !second || !third) return undecided("Fn::FindInMap needs a mapping and two keys");
  const name = evaluator.evaluate(first, scope);
  const keys = [evaluator.evaluate(second, scope), evaluator.evaluate(third, scope)];
  const refusal = [name, ...keys].map(refusalOf).find((reason) => reason !== undefined);
  if (refusal) return undecided(refusal);
  const fallback = get(options, "DefaultValue");
  if (fallback) return lookUp(evaluator, name, keys, () => evaluator.evaluate(fallback, scope));
  const sketches = [name, ...keys].map(sketchOf);
  const open = name.kind === "undecided" || keys.some((key) => key.kind === "undecided");
  if (!open || sketches.includes(undefined)) return lookUp(evaluator, name, keys, undefined);
  return evaluator.once(`FindInMap\n${sketches.join("\n")}`, () => lookUp(evaluator, name, keys, undefined));
}

function lookUp(
  evaluator: Evaluator,
  name: Evaluated,
  keys: readonly Evaluated[],
  fallback: (() => Evaluated) | undefined,
): Evaluated {
  const names = textsOf(name);
  if (!names) return undecided(name.kind === "undecided" ? name.reason : "Fn::FindInMap needs the name of a mapping");
  let found: Found[] = [];
  let missed = false;
  for (const one of names) {
    const mapping = evaluator.mapping(one);
    if (mapping) found.push({ node: mapping.value, path: one });
    else if (!fallback || evaluator.fragment) return undecided(`mapping ${one} is not declared`);
    else missed = true;
  }
  // How many keys were looked up until nothing was left.
  let levels = 0;
  for (const key of keys) {
    if (found.length > 0) levels++;
    const next = step(found, key);
    missed ||= next.missed;
    found = next.found;
  }

  const outcomes = found.map(({ node, path }) =>
    withSources(evaluator.evaluate(node, undefined), [{ what: `mapping ${path}`, place: evaluator.placeOf(node) }]),
  );
  const open = [name, ...keys].find((value) => value.kind === "undecided");
  if (fallback && missed) outcomes.push(fallback());
  const sources = [name, ...keys].flatMap((value) => value.sources);
  const only = outcomes[0];
  if (!open && only && outcomes.length === 1) return { ...only, sources: [...only.sources, ...sources] };
  if (open?.kind === "undecided" && outcomes.length > 0) return eitherOf(open.reason, sources, outcomes);
  const path = [name, ...(open ? keys.slice(0, levels) : keys)]
    .map((value) => readable(sketchOf(value) ?? "?"))
    .join(".");
  return undecided(`there is no mapping entry ${path}`, { sources, noEntry: true });
}

/** CloudFormation refuses keys that only exist after deployment, and keys that are no text. */
function refusalOf(value: Evaluated): string | undefined {
  if (value.kind === "scalar")
    return value.late ? "Fn::FindInMap cannot use an output of a nested stack as a key" : undefined;
  if (value.kind !== "undecided") return "Fn::FindInMap needs texts as keys";
  if (value.refused) return value.reason;
  return value.late ? `Fn::FindInMap cannot use it as a key: ${value.reason}` : undefined;
}

/** The texts a key can be, or undefined when it can be any. */
function textsOf(value: Evaluated): readonly string[] | undefined {
  if (value.kind === "scalar") return [value.text];
  if (value.kind !== "undecided" || !value.alternatives) return undefined;
  const texts: string[] = [];
  for (const item of value.alternatives) {
    if (item.kind === "undecided") return undefined;
    if (item.kind === "scalar") texts.push(item.text);
  }
  return texts;
}

function step(from: readonly Found[], key: Evaluated): { found: Found[]; missed: boolean } {
  const texts = textsOf(key);
  const found: Found[] = [];
  let missed = false;
  for (const { node, path } of from) {
    const map = asMap(node);
    if (!map) {
      missed = true;
      continue;
    }
    if (texts) {
      for (const text of texts) {
        const next = get(map, text);
        if (next) found.push({ node: next, path: `${path}.${text}` });
        else missed = true;
      }
      continue;
    }
    const not = key.kind === "undecided" ? key.not : undefined;
    for (const pair of pairs(map)) {
      const text = keyText(pair);
      if (text !== undefined && !not?.has(text) && found.length < maxFound)
        found.push({ node: pair.value, path: `${path}.${text}` });
    }
  }
  return { found, missed: missed || texts === undefined };
}
