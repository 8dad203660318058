import type { Place, Span, Uri } from "../model.ts";
import { deref, keyText, pairs, rootOf } from "../syntax/lookup.ts";
import type { Node, ScalarNode } from "../syntax/nodes.ts";
import { parse } from "../syntax/parse.ts";
import { type ConfigFile, type ConfigValue, MAX_DEPTH, MAX_VALUES, numberText, TOO_MUCH } from "./configValue.ts";

/** Reads a YAML text as SAM CLI does: YAML 1.2. Never throws. */
export function readYaml(uri: Uri, text: string): ConfigFile {
  const tree = parse(text, "budget");
  const [problem] = tree.problems;
  if (problem) return { problem: `It is not valid YAML: ${problem.message}`, place: placeIn(uri, problem) };
  const root = rootOf(tree);
  if (!root) return { root: { kind: "nothing", place: { uri, start: 0, end: 0 } } };
  const budget = { left: MAX_VALUES };
  const value = convert(root, uri, 0, budget);
  if (budget.left < 0) return { problem: TOO_MUCH, place: value.place };
  return { root: value };
}

/** Aliases can multiply a small text without end, so values are counted. */
function convert(node: Node, uri: Uri, depth: number, budget: { left: number }): ConfigValue {
  const place = placeIn(uri, node);
  const target = deref(node);
  budget.left -= depth > MAX_DEPTH ? MAX_VALUES + 1 : 1;
  if (!target || budget.left < 0) return { kind: "nothing", place };
  if (target.kind === "scalar") return scalar(target, place);
  if (target.kind === "seq") {
    return { kind: "list", items: target.items.map((item) => convert(item, uri, depth + 1, budget)), place };
  }
  const entries = new Map<string, ConfigValue>();
  for (const pair of pairs(target)) {
    const key = keyText(pair);
    if (key === undefined) continue;
    const value = convert(pair.value, uri, depth + 1, budget);
    entries.set(key, value.place.end > value.place.start ? value : { ...value, place: placeIn(uri, pair.key) });
  }
  return { kind: "map", entries, place };
}

function scalar(node: ScalarNode, place: Place): ConfigValue {
  const { value } = node;
  if (value === null) return { kind: "nothing", place };
  if (typeof value === "boolean") return { kind: "text", type: "boolean", text: value ? "True" : "False", place };
  if (typeof value === "string") return { kind: "text", type: "string", text: value, place };
  const isFloat = !/^[-+]?(?:\d+|0o[0-7]+|0x[0-9a-fA-F]+)$/.test(node.text);
  const text = isFloat ? numberText(value) : exactInteger(node.text, value);
  return { kind: "text", type: isFloat ? "float" : "integer", text, place };
}

/** Digits beyond 2⁵³ (an account id padded to more) keep every one of them. */
function exactInteger(text: string, value: number): string {
  return /^[-+]?\d+$/.test(text) ? String(BigInt(text.replace(/^\+/, ""))) : String(value);
}

function placeIn(uri: Uri, span: Span): Place {
  return { uri, start: span.start, end: span.end };
}
