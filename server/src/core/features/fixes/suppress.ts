import type { Finding } from "../../model.ts";
import type { SourceFile } from "../../sources.ts";
import { asMap, deref, getPair, keyText, rootOf } from "../../syntax/lookup.ts";
import type { MapNode, SeqNode } from "../../syntax/nodes.ts";
import type { Edit } from "../edge.ts";
import { contains, nodeSpan, pathAt } from "../treePath.ts";
import { indentOf, lineEnding, lineStart } from "../yamlText.ts";
import { type FixMaker, fix } from "./fix.ts";
import { insertPair, isJson, pairAtKey, removePair } from "./insertPair.ts";

/** What the user replaces with why the finding is meant. */
const REASON = "say why";

/** Says beside the finding that it is meant: a comment above it, in JSON the metadata of its resource. */
export const suppress: FixMaker = ({ finding, file }) => {
  if (finding.rule === "unused-suppression" || finding.rule === "budget-invalid") return [];
  const commentless = isJson(file) && file.kind !== "budget";
  const edit = commentless ? metadataEdit(file, finding) : commentEdit(file, finding);
  return fix(`Ignore ${finding.rule} here`, [edit]);
};

function commentEdit(file: SourceFile, finding: Finding): Edit {
  const start = lineStart(file.text, finding.place.start);
  const indent = indentOf(file.text, start);
  const text = `${indent}# lambda-concurrency-ignore ${finding.rule}: ${REASON}${lineEnding(file.text)}`;
  return { uri: file.uri, start, end: start, text };
}

/** `Metadata.LambdaConcurrency.ignore` of the resource around the finding, else of the template; what is missing of it is made. */
function metadataEdit(file: SourceFile, finding: Finding): Edit | undefined {
  const [section, resource] = pathAt(file.tree, finding.place.start)?.pairs ?? [];
  const inResource = section && keyText(section) === "Resources";
  const owner = asMap(inResource ? resource?.value : rootOf(file.tree));
  return owner && addNested(file, owner, ["Metadata", "LambdaConcurrency", "ignore"], finding.rule);
}

function addNested(file: SourceFile, owner: MapNode, path: readonly string[], rule: string): Edit | undefined {
  let map = owner;
  for (const [depth, key] of path.entries()) {
    const next = getPair(map, key);
    if (!next) return insertPair(file, map, { key, block: "", flow: nested(path.slice(depth + 1), rule) }, "end");
    const value = deref(next.value);
    if (value?.kind === "seq" && key === "ignore") return addItem(file, value, rule);
    if (value?.kind !== "map") return undefined;
    map = value;
  }
  return insertPair(file, map, { key: rule, block: "", flow: JSON.stringify(REASON) }, "end");
}

function nested(keys: readonly string[], rule: string): string {
  return keys.reduceRight((inner, key) => `{"${key}": ${inner}}`, `{"${rule}": "${REASON}"}`);
}

function addItem(file: SourceFile, list: SeqNode, rule: string): Edit {
  const last = list.items.at(-1);
  const at = last ? last.end : list.start + 1;
  return { uri: file.uri, start: at, end: at, text: `${last ? ", " : ""}"${rule}"` };
}

/** Removes a suppression that suppresses nothing. */
export const removeSuppression: FixMaker = ({ finding, file }) => {
  const { start } = finding.place;
  const comment = file.tree.comments.find((each) => each.start <= start && start < each.end);
  const edit = comment ? withoutComment(file, finding, comment) : withoutMetadata(file, start);
  return fix("Remove the unused suppression", [edit], true);
};

/** One rule out of several goes alone, else the comment with its line when nothing else stands there. */
function withoutComment(file: SourceFile, { place }: Finding, comment: { start: number; end: number }): Edit {
  const { uri, text } = file;
  const behind = /^\s*,\s*/.exec(text.slice(place.end, comment.end))?.[0].length ?? 0;
  if (behind > 0) return { uri, start: place.start, end: place.end + behind, text: "" };
  const ahead = /,\s*$/.exec(text.slice(comment.start, place.start))?.[0].length ?? 0;
  if (ahead > 0) return { uri, start: place.start - ahead, end: place.end, text: "" };
  const from = lineStart(text, comment.start);
  const before = text.slice(from, comment.start);
  if (before.trim() !== "") return { uri, start: from + before.trimEnd().length, end: comment.end, text: "" };
  return lineOf(file, comment.start);
}

/** Takes out a whole line. */
function lineOf({ uri, text }: SourceFile, offset: number): Edit {
  const end = text.indexOf("\n", offset);
  return { uri, start: lineStart(text, offset), end: end < 0 ? text.length : end + 1, text: "" };
}

function withoutMetadata(file: SourceFile, offset: number): Edit | undefined {
  const path = pathAt(file.tree, offset);
  const ignore = path?.pairs.findLast((pair) => keyText(pair) === "ignore");
  const list = deref(ignore?.value);
  const inList = list?.kind === "seq" && contains(nodeSpan(list), offset);
  if (inList && list.items.length > 1) return withoutItem(file, list, offset);
  const pair = inList ? ignore : path?.pairs.at(-1);
  if (!path || !pair) return undefined;
  const found = pairAtKey(path.document.root, pair.key.start);
  return found && removePair(file, found.map, found.pair, found.holder);
}

function withoutItem(file: SourceFile, list: SeqNode, offset: number): Edit | undefined {
  const index = list.items.findIndex((item) => contains(nodeSpan(item), offset));
  const [previous, item, next] = [list.items[index - 1], list.items[index], list.items[index + 1]];
  if (!item) return undefined;
  if (!list.flow) return lineOf(file, item.start);
  if (next) return { uri: file.uri, start: nodeSpan(item).start, end: nodeSpan(next).start, text: "" };
  return previous && { uri: file.uri, start: previous.end, end: item.end, text: "" };
}
