import type { ParameterValue, ParameterValues, Place, Uri } from "../model.ts";
import { readAs, type Sources } from "../sources.ts";
import { asMap, asScalar, deref, get, keyText, pairs, rootOf } from "../syntax/lookup.ts";
import type { MapNode, Node, SeqNode } from "../syntax/nodes.ts";
import { parse } from "../syntax/parse.ts";
import { nameOf } from "../uris.ts";
import type { ConfigProblem } from "./configProblem.ts";

/** Reads a parameter file through the port. */
export function readParameterFileAt(uri: Uri, sources: Sources): ParameterFile {
  const file = sources.text(uri);
  if (!("error" in file)) return readAs(uri, file, readParameterFile, sources);
  const place = { uri, start: 0, end: 0 };
  const empty = { uri, parameters: new Map() };
  if (file.missing) return { ...empty, problems: [], missing: true };
  return { ...empty, problems: [{ place, message: `${nameOf(uri)} cannot be read: ${file.error}` }] };
}

/**
 * Reads the parameter files of CloudFormation's tools: a list of `{ParameterKey, ParameterValue}` or of `"Key=Value"` (`aws
 * cloudformation`), `{"Parameters": {…}}` (CodePipeline; with such a list the input of `create-stack --cli-input-json`), a deployment file of Git sync (`parameters:` in YAML), and a plain
 * mapping of names to values. A value kept from the deployed stack (`UsePreviousValue`) is unknown.
 */
export function readParameterFile(uri: Uri, text: string): ParameterFile {
  const tree = parse(text, "template");
  const reader: Reader = { uri, parameters: new Map(), problems: [] };
  for (const problem of tree.problems.slice(0, 1)) report(reader, problem, problem.message);
  const root = deref(rootOf(tree));
  if (root?.kind === "seq") readList(reader, root);
  else if (root?.kind === "map") readMap(reader, root);
  else if (reader.problems.length === 0) {
    report(
      reader,
      { start: 0, end: 0 },
      "It needs a list of ParameterKey and ParameterValue, or a mapping of names to values.",
    );
  }
  return reader;
}

interface Reader {
  readonly uri: Uri;
  readonly parameters: Map<string, ParameterValue>;
  readonly problems: ConfigProblem[];
}

function readList(reader: Reader, list: SeqNode): void {
  for (const item of list.items) {
    const text = asScalar(item)?.text;
    if (text !== undefined) readAssignment(reader, item, text);
    else readEntry(reader, item);
  }
}

function readAssignment(reader: Reader, item: Node, text: string): void {
  const equals = text.indexOf("=");
  if (equals > 0) set(reader, text.slice(0, equals), text.slice(equals + 1), item);
  else report(reader, item, `"${text.slice(0, 80)}" is no Key=Value.`);
}

function readEntry(reader: Reader, item: Node): void {
  const name = asScalar(get(item, "ParameterKey"))?.text;
  if (!name) {
    report(reader, item, "An entry needs ParameterKey and ParameterValue.");
    return;
  }
  const value = get(item, "ParameterValue");
  if (value !== undefined) {
    setNode(reader, name, value);
    return;
  }
  if (asScalar(get(item, "UsePreviousValue"))?.value === true) {
    const unknown = `${nameOf(reader.uri)} keeps the value of ${name} that the deployed stack has (UsePreviousValue)`;
    reader.parameters.set(name, { value: { unknown }, source: sourceAt(reader, item) });
    return;
  }
  report(reader, item, `${name} needs ParameterValue, or UsePreviousValue: true.`);
}

function readMap(reader: Reader, root: MapNode): void {
  if (asMap(get(root, "Resources"))) {
    report(reader, { start: root.start, end: root.start }, "This is a template, not a parameter file.");
    return;
  }
  const inside = deref(get(root, "Parameters") ?? get(root, "parameters"));
  if (inside?.kind === "seq") {
    readList(reader, inside);
    return;
  }
  const inner = asMap(inside);
  const isOther = !inner && ["Tags", "StackPolicy", "tags", "template-file-path"].some((key) => get(root, key));
  if (isOther) return;
  for (const pair of pairs(inner ?? root)) {
    const name = keyText(pair);
    if (name !== undefined) setNode(reader, name, pair.value);
  }
}

function setNode(reader: Reader, name: string, node: Node): void {
  const text = textOf(node);
  if (text !== undefined) {
    set(reader, name, text, node);
    return;
  }
  const unknown = `${nameOf(reader.uri)} computes the value of ${name} when it is deployed`;
  reader.parameters.set(name, { value: { unknown }, source: sourceAt(reader, node) });
}

/** A value as CloudFormation takes it; undefined for a function such as CodePipeline's Fn::GetParam. */
function textOf(node: Node): string | undefined {
  const target = deref(node);
  if (target?.kind === "scalar") return target.value === null ? "" : target.text;
  if (target?.kind !== "seq") return undefined;
  const items = target.items.map((item) => asScalar(item)?.text);
  return items.includes(undefined) ? undefined : items.join(",");
}

function set(reader: Reader, name: string, value: string, node: Node): void {
  reader.parameters.set(name, { value, source: sourceAt(reader, node) });
}

function sourceAt(reader: Reader, node: Node): ParameterValue["source"] {
  return { what: nameOf(reader.uri), place: placeAt(reader, node) };
}

function placeAt(reader: Reader, { start, end }: { readonly start: number; readonly end: number }): Place {
  return { uri: reader.uri, start, end };
}

function report(reader: Reader, span: { readonly start: number; readonly end: number }, message: string): void {
  reader.problems.push({ place: placeAt(reader, span), message: `${nameOf(reader.uri)}: ${message}` });
}

/** The parameters that a file holds. */
interface ParameterFile {
  readonly uri: Uri;
  readonly parameters: ParameterValues;
  readonly problems: readonly ConfigProblem[];
  /** There is no such file. */
  readonly missing?: true;
}
