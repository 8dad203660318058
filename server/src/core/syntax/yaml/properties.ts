import type { Node, ScalarNode } from "../nodes.ts";
import { isFlowIndicator } from "./plain.ts";
import { isBlankOrEnd, type State } from "./state.ts";

/** A node's tag and anchor. */
export interface Properties {
  readonly start: number;
  tag?: string;
  tagStart?: number;
  anchor?: string;
  /** Offset behind the last property. */
  end: number;
}

const TAG = 33;
const ANCHOR = 38;

/** Reads one tag or anchor at `pos` into `properties`; false when none stands there. */
export function readProperty(s: State, properties: Properties | undefined, flow: boolean): Properties | undefined {
  const code = s.text.charCodeAt(s.pos);
  if (code !== TAG && code !== ANCHOR) return undefined;
  const start = s.pos;
  const word = readWord(s, flow);
  const result: Properties = properties ?? { start, end: s.pos };
  result.end = s.pos;
  if (code === TAG) {
    result.tag = word;
    result.tagStart = start;
  } else result.anchor = word.slice(1);
  return result;
}

/** Reads `*name` or `!tag` or `&name`: up to a blank (inside brackets: or an indicator). */
export function readWord(s: State, flow: boolean): string {
  const start = s.pos++;
  for (;;) {
    const code = s.text.charCodeAt(s.pos);
    if (isBlankOrEnd(code) || (flow && isFlowIndicator(code))) break;
    s.pos++;
  }
  return s.text.slice(start, s.pos);
}

/** Puts tag and anchor on a node that was just read. A tagged scalar is its text: `!Sub 5` is "5", `!!int "5"` is 5. */
export function withProperties(s: State, node: Node, properties: Properties | undefined): Node {
  if (!properties) return node;
  if (properties.tag !== undefined) {
    if (node.kind === "scalar") applyTag(node, properties.tag);
    // A lone `!` only says "not resolved".
    if (properties.tag !== "!") {
      node.setTag(properties.tag, properties.tagStart as number);
    }
  }
  if (properties.anchor !== undefined) {
    s.anchors ??= new Map();
    s.anchors.set(properties.anchor, node);
  }
  return node;
}

function applyTag(node: ScalarNode, tag: string): void {
  node.value = taggedValue(node.text, tag);
  if (typeof node.value === "string") node.typed = undefined;
}

function taggedValue(text: string, tag: string): string | number | boolean | null {
  switch (tag) {
    case "!!int":
    case "!!float":
      return text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text);
    case "!!null":
      return null;
    case "!!bool":
      return /^(?:y|t|on)/i.test(text);
    default:
      return text;
  }
}
