import type { Unknown, Value } from "../model.ts";
import { isRefused, refusedValue } from "../refused.ts";
import type { Node } from "../syntax/nodes.ts";
import type { Evaluated, Scope, Undecided } from "./evaluated.ts";
import type { Evaluator } from "./evaluator.ts";
import { undeclaredIn } from "./undeclared.ts";

/** What a value says as a number of executions, and why AWS refuses it if it does. */
export interface Count {
  /** A whole number, `null` for none, or unknown with the bounds; what is refused and no whole number is a `refusedValue`. */
  readonly value: Value;
  /** A phrase: `-1 is below 0`. */
  readonly refused?: string;
  /** It is refused because a mapping that it is looked up in has no such entry. */
  readonly noEntry?: true;
  /** It is refused because something that it refers to is not declared. */
  readonly undeclared?: true;
}

/** Reads what is written for a number; `value` is what that means. */
export function judgeWritten(evaluator: Evaluator, value: Evaluated, node: Node, scope: Scope, least: number): Count {
  const undeclared = undeclaredIn(evaluator, node, scope);
  return undeclared === undefined ? judgeCount(value, least) : { ...refuse(undeclared), undeclared: true };
}

/**
 * Reads a number of executions of which AWS takes `least` and more. CloudFormation passes texts of digits as numbers; it
 * does not document whether it trims or rounds, so `" 5 "`, `+5` and `1e3` are neither taken for numbers nor called refused.
 */
export function judgeCount(value: Evaluated, least: number): Count {
  switch (value.kind) {
    case "scalar":
      return judgeText(value.text, least);
    case "nothing":
      if (value.refused !== undefined) return refuse(value.refused);
      return value.missing === undefined ? { value: null } : { value: null, refused: value.missing };
    case "list":
      return refuse("a list stands where a whole number belongs");
    case "mapping":
      return refuse("a mapping stands where a whole number belongs");
    case "undecided":
      return judgeUndecided(value, least);
  }
}

function refuse(why: string): Count {
  return { value: refusedValue(why), refused: why };
}

function judgeText(text: string, least: number): Count {
  const shown = shorten(text);
  if (/^-?\d+$/.test(text)) {
    const count = Number(text);
    if (!Number.isSafeInteger(count)) return refuse(`${shown} is too ${count < 0 ? "small" : "large"}`);
    // Minus zero is read as zero.
    return count < least ? { value: count + 0, refused: `${shown} is below ${least}` } : { value: count + 0 };
  }
  if (/^\s*\+?\d+\s*$|^[-+]?(?:\d+(?:\.\d*)?|\.\d+)[eE][-+]?\d+$/.test(text)) {
    return { value: { unknown: `"${shown}" is not written as a whole number` } };
  }
  if (text === "") return refuse("an empty text is not a whole number");
  const isWord = !/^[-+]?(?:\d+(?:\.\d*)?|\.\d+)$/.test(text) && text !== "true" && text !== "false";
  return refuse(`${isWord ? `"${shown}"` : shown} is not a whole number`);
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}

/** Alternatives that AWS refuses do not widen the bounds: with them there is no deployment. It is refused if all of them are. */
function judgeUndecided(value: Undecided, least: number): Count {
  if (value.noEntry) return { ...refuse(value.reason), noEntry: true };
  if (!value.alternatives) return { value: bounded(value.reason, value.min, value.max) };
  let min: number | undefined = Number.POSITIVE_INFINITY;
  let max: number | undefined = Number.NEGATIVE_INFINITY;
  let refused: Count | undefined;
  let usable = 0;
  for (const alternative of value.alternatives) {
    const judged = judgeCount(alternative, least);
    const { value: count } = judged;
    if (judged.refused !== undefined) {
      refused ??= judged;
      continue;
    }
    usable++;
    const low: number | undefined = count === null ? 0 : typeof count === "number" ? count : count.min;
    const high: number | undefined = count === null ? 0 : typeof count === "number" ? count : count.max;
    min = min === undefined || low === undefined ? undefined : Math.min(min, low);
    max = max === undefined || high === undefined ? undefined : Math.max(max, high);
  }
  if (usable > 0) return { value: bounded(value.reason, min, max) };
  if (refused?.refused === undefined) return { value: { unknown: value.reason } };
  return { ...refuse(refused.refused), ...(refused.noEntry && { noEntry: true }) };
}

function bounded(reason: string, min: number | undefined, max: number | undefined): Unknown {
  if (isRefused({ unknown: reason })) return { unknown: reason };
  return { unknown: reason, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}
