import type { Span } from "../model.ts";
import { deref, keyText } from "../syntax/lookup.ts";
import type { Node } from "../syntax/nodes.ts";

/** A call of an intrinsic function, long or short form. */
export interface Intrinsic {
  /** Long name: `Ref`, `Condition`, `Fn::If`. */
  readonly name: string;
  readonly argument: Node;
  /** Written as a tag: `argument` is the node that carries it. */
  readonly tagged: boolean;
}

/** The intrinsic a node stands for, or undefined for plain values. */
export function intrinsicOf(node: Node | undefined): Intrinsic | undefined {
  const target = deref(node);
  if (!target) return undefined;
  const tag = target.tag;
  if (tag !== undefined && tag.length > 1 && tag[1] !== "!" && tag[1] !== "<") {
    const short = tag.slice(1);
    return { name: short === "Ref" || short === "Condition" ? short : `Fn::${short}`, argument: target, tagged: true };
  }
  if (target.kind !== "map" || target.written.length !== 1) return undefined;
  const pair = target.written[0];
  const key = pair && keyText(pair);
  if (!pair || key === undefined || !isIntrinsicName(key)) return undefined;
  return { name: key, argument: pair.value, tagged: false };
}

function isIntrinsicName(key: string): boolean {
  if (key === "Ref" || key === "Condition") return true;
  return key.startsWith("Fn::") && !key.startsWith(loopPrefix);
}

/** Keys that start with this repeat their body. */
export const loopPrefix = "Fn::ForEach::";

/** The whole node as written, short tag included. */
export function spanOf(node: Node): Span {
  return { start: node.tagStart ?? node.start, end: node.end };
}
