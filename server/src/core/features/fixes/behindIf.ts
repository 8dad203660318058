import { judgeCount } from "../../intrinsics/count.ts";
import { scalar } from "../../intrinsics/evaluated.ts";
import { type Intrinsic, intrinsicOf } from "../../intrinsics/intrinsic.ts";
import type { SourceFile } from "../../sources.ts";
import { asScalar, deref, get, scalarText } from "../../syntax/lookup.ts";
import type { Node } from "../../syntax/nodes.ts";
import type { Edit } from "../edge.ts";
import { nodeSpan } from "../treePath.ts";
import { replace } from "./fix.ts";
import { isJson } from "./insertPair.ts";

/** `AWS::NoValue` in the notation of a file. */
export function noValue(file: SourceFile): string {
  return isJson(file) ? '{"Ref": "AWS::NoValue"}' : '!Ref "AWS::NoValue"';
}

/** The text of a node where it may stand in flow notation; undefined when it cannot be moved there as it is. */
export function flowText(file: SourceFile, node: Node): string | undefined {
  const { start, end } = nodeSpan(node);
  const text = file.text.slice(start, end);
  if (text === "" || /[\r\n#]/.test(text)) return undefined;
  const isPlain = node.kind === "scalar" && node.style === "plain";
  return isPlain && /[,[\]{}]/.test(text) ? undefined : text;
}

/** `!If` in flow notation. */
export function ifText(file: SourceFile, condition: string, yes: string, no: string): string {
  return isJson(file) ? `{"Fn::If": [${condition}, ${yes}, ${no}]}` : `!If [${condition}, ${yes}, ${no}]`;
}

/** A mapping with one member, in flow notation. */
export function mappingText(file: SourceFile, key: string, value: string): string {
  return isJson(file) ? `{${JSON.stringify(key)}: ${value}}` : `{ ${key}: ${value} }`;
}

/** Condition and branches of an `Fn::If`. */
export function branchesOf(node: Node): readonly [Node, Node, Node] | undefined {
  const call = intrinsicOf(node);
  const items = call?.name === "Fn::If" ? deref(call.argument) : undefined;
  const [condition, yes, no] = items?.kind === "seq" ? items.items : [];
  return condition && yes && no ? [condition, yes, no] : undefined;
}

/** A literal that AWS refuses where it takes `least` and more. */
export function isRefusedLiteral(node: Node, least: number): boolean {
  const written = asScalar(node);
  if (!written || intrinsicOf(node)) return false;
  return written.value === null || judgeCount(scalar(scalarText(written)), least).refused !== undefined;
}

function isNoValue(node: Node): boolean {
  const call: Intrinsic | undefined = intrinsicOf(node);
  return call?.name === "Ref" && asScalar(call.argument)?.text === "AWS::NoValue";
}

/**
 * The value of a property that holds `key`, with the whole property left out wherever an `!If` chooses what AWS refuses there:
 * `{key: !If [C, 2, 0]}` becomes `!If [C, {key: 2}, !Ref AWS::NoValue]`. Undefined when there is no such `!If`.
 */
export function behindIf(file: SourceFile, value: Node, key: string, least: number): string | undefined {
  const outer = branchesOf(value);
  if (outer) return chosen(file, outer, (branch) => behindIf(file, branch, key, least) ?? whole(branch));
  const inner = get(value, key);
  const branches = inner && branchesOf(inner);
  return branches && chosen(file, branches, member);

  function member(branch: Node): string | undefined {
    const deeper = branchesOf(branch);
    if (deeper) return chosen(file, deeper, member);
    if (isNoValue(branch) || isRefusedLiteral(branch, least)) return noValue(file);
    const text = flowText(file, branch);
    return text === undefined ? undefined : mappingText(file, key, text);
  }

  function whole(branch: Node): string | undefined {
    const held = get(branch, key);
    return held && (isNoValue(held) || isRefusedLiteral(held, least)) ? noValue(file) : flowText(file, branch);
  }
}

function chosen(
  file: SourceFile,
  [condition, yes, no]: readonly [Node, Node, Node],
  rewrite: (branch: Node) => string | undefined,
): string | undefined {
  const parts = [flowText(file, condition), rewrite(yes), rewrite(no)];
  const [name, first, second] = parts;
  return name === undefined || first === undefined || second === undefined
    ? undefined
    : ifText(file, name, first, second);
}

/** Replaces every literal in the branches of an `!If` that AWS refuses. */
export function replaceRefused(file: SourceFile, value: Node, least: number, text: string): readonly Edit[] {
  const branches = branchesOf(value);
  if (!branches) return [];
  return branches.slice(1).flatMap((branch) => {
    if (branchesOf(branch)) return replaceRefused(file, branch, least, text);
    return isRefusedLiteral(branch, least) ? [replace(file, nodeSpan(branch), text)] : [];
  });
}
