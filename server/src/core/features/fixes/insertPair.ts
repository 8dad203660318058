import type { SourceFile } from "../../sources.ts";
import type { MapNode, Node, Pair } from "../../syntax/nodes.ts";
import type { Edit } from "../edge.ts";
import { nodeSpan, pairSpan } from "../treePath.ts";
import { columnAsBlanks, indentStep, lineEnd, lineEnding, lineStart } from "../yamlText.ts";

/** Text of a new pair, in the two notations. */
export interface NewPair {
  readonly key: string;
  /** Behind `key: ` in block YAML; lines below the first are indented by the caller relative to the key. */
  readonly block: string;
  /** In flow YAML and JSON. */
  readonly flow: string;
}

/** True for a file that is JSON: its keys need quotes. */
export function isJson(file: SourceFile): boolean {
  return /^\uFEFF?\s*\{/.test(file.text);
}

/** Adds a pair to a mapping, at its start or its end, in the mapping's own notation and indentation. */
export function insertPair(file: SourceFile, map: MapNode, pair: NewPair, where: "start" | "end"): Edit | undefined {
  return map.flow ? insertFlow(file, map, pair, where) : insertBlock(file, map, pair, where);
}

/** Adds a pair to a mapping in front of another of its pairs. */
export function insertPairBefore(file: SourceFile, map: MapNode, before: Pair, pair: NewPair): Edit {
  const { start } = nodeSpan(before.key);
  if (!map.flow) {
    const indent = columnAsBlanks(file.text, start);
    const eol = lineEnding(file.text);
    return at(file, start, `${blockText(pair, `${eol}${indent}`)}${eol}${indent}`);
  }
  const previous = map.written[map.written.indexOf(before) - 1];
  const gap = file.text.slice(previous ? pairSpan(previous).end : map.start + 1, start).replace(/^\s*,/, "");
  return at(file, start, `${flowText(file, pair)},${gap.trim() === "" && gap !== "" ? gap : " "}`);
}

function insertBlock(file: SourceFile, map: MapNode, pair: NewPair, where: "start" | "end"): Edit | undefined {
  const first = map.written[0];
  const last = map.written.at(-1);
  if (!first || !last) return undefined;
  const start = nodeSpan(first.key).start;
  const indent = columnAsBlanks(file.text, start);
  const eol = lineEnding(file.text);
  const text = blockText(pair, `${eol}${indent}`);
  if (where === "start") return at(file, start, `${text}${eol}${indent}`);
  const end = endOfPair(file.text, last);
  return at(file, end, `${eol}${indent}${text}`);
}

function blockText({ key, block }: NewPair, lineBreak: string): string {
  return `${key}:${block.startsWith("\n") ? "" : " "}${block}`.replaceAll("\n", lineBreak);
}

/** End of the last line of a pair, comments on it included. */
function endOfPair(text: string, pair: Pair): number {
  let end = pairSpan(pair).end;
  while (end > 0 && /[\r\n]/.test(text[end - 1] ?? "")) end--;
  return lineEnd(text, end);
}

function insertFlow(file: SourceFile, map: MapNode, pair: NewPair, where: "start" | "end"): Edit | undefined {
  const json = isJson(file);
  const text = flowText(file, pair);
  const first = map.written[0];
  const last = map.written.at(-1);
  if (file.text[map.start] !== "{" || file.text[map.end - 1] !== "}") return undefined;
  if (!first || !last)
    return { uri: file.uri, start: map.start, end: map.end, text: json ? `{${text}}` : `{ ${text} }` };
  const gap = file.text.slice(map.start + 1, nodeSpan(first.key).start);
  const separator =
    gap.includes("\n") && gap.trim() === "" ? gap.slice(gap.indexOf("\n") - (gap.includes("\r\n") ? 1 : 0)) : " ";
  if (where === "start") return at(file, nodeSpan(first.key).start, `${text},${separator}`);
  const end = pairSpan(last).end;
  if (file.text.slice(end, map.end).includes(",")) return insertFlow(file, map, pair, "start");
  return at(file, end, `,${separator}${text}`);
}

function flowText(file: SourceFile, { key, flow }: NewPair): string {
  return `${isJson(file) ? JSON.stringify(unquoted(key)) : key}: ${flow}`;
}

function unquoted(key: string): string {
  try {
    return key.startsWith('"') ? String(JSON.parse(key)) : key;
  } catch {
    return key;
  }
}

function at(file: SourceFile, offset: number, text: string): Edit {
  return { uri: file.uri, start: offset, end: offset, text };
}

/** Gives a key that has no mapping yet (nothing, or `{}`) its first pair. */
export function insertFirstPair(file: SourceFile, holder: Pair, pair: NewPair): Edit | undefined {
  const { value } = holder;
  if (value.kind === "map") return insertPair(file, value, pair, "end");
  if (value.kind !== "scalar" || value.value !== null) return undefined;
  const eol = lineEnding(file.text);
  const indent = columnAsBlanks(file.text, nodeSpan(holder.key).start) + indentStep(file.text);
  const text = blockText(pair, `${eol}${indent}`);
  if (value.style !== "empty")
    return { uri: file.uri, start: value.start, end: value.end, text: `${eol}${indent}${text}` };
  return at(file, endOfPair(file.text, holder), `${eol}${indent}${text}`);
}

/**
 * Removes a pair with its whole lines in block notation, or with its comma in flow notation. A mapping that would be left empty
 * stays as `{}` where it is flow, and goes with its own key (`holder`) where it is block.
 */
export function removePair(file: SourceFile, map: MapNode, pair: Pair, holder?: Pair): Edit | undefined {
  const index = map.written.indexOf(pair);
  if (index < 0) return undefined;
  if (map.flow) return removeFlow(file, map, index);
  if (map.written.length === 1) return holder ? removeLines(file, holder) : undefined;
  return removeLines(file, pair);
}

function removeLines(file: SourceFile, pair: Pair): Edit {
  const { text } = file;
  const keyStart = nodeSpan(pair.key).start;
  const from = lineStart(text, keyStart);
  const to = endOfPair(text, pair);
  const lineBreak = /^\r?\n/.exec(text.slice(to, to + 2))?.[0].length ?? 0;
  // `- key: …`: the dash stays, and the next key moves up to it.
  if (text.slice(from, keyStart).trim() !== "") {
    const next = /^\s*/.exec(text.slice(to))?.[0].length ?? 0;
    return { uri: file.uri, start: keyStart, end: to + next, text: "" };
  }
  if (lineBreak > 0) return { uri: file.uri, start: from, end: to + lineBreak, text: "" };
  const before = text[from - 2] === "\r" ? 2 : from > 0 ? 1 : 0;
  return { uri: file.uri, start: from - before, end: to, text: "" };
}

function removeFlow(file: SourceFile, map: MapNode, index: number): Edit | undefined {
  const pair = map.written[index];
  if (!pair) return undefined;
  const own = pairSpan(pair);
  const next = map.written[index + 1];
  if (next) return { uri: file.uri, start: own.start, end: nodeSpan(next.key).start, text: "" };
  const previous = map.written[index - 1];
  return { uri: file.uri, start: previous ? pairSpan(previous).end : own.start, end: own.end, text: "" };
}

/** The mapping and pair that hold a key at an offset, with the pair above. */
export function pairAtKey(
  root: Node | undefined,
  offset: number,
): { readonly map: MapNode; readonly pair: Pair; readonly holder: Pair | undefined } | undefined {
  let node = root;
  let holder: Pair | undefined;
  for (let depth = 0; depth < 200 && node; depth++) {
    if (node.kind === "seq") {
      node = node.items.find((item) => nodeSpan(item).start <= offset && offset <= item.end);
      holder = undefined;
      continue;
    }
    if (node.kind !== "map") return undefined;
    const map: MapNode = node;
    const pair = map.written.find((each) => pairSpan(each).start <= offset && offset <= pairSpan(each).end);
    if (!pair) return undefined;
    const key = nodeSpan(pair.key);
    if (key.start <= offset && offset <= key.end) return { map, pair, holder };
    holder = pair;
    node = pair.value;
  }
  return undefined;
}
