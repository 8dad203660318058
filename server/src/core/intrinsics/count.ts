import type { Unknown, Value } from "../model.ts";
import type { Evaluated, Undecided } from "./evaluated.ts";

/**
 * What a value says as a number of executions: a whole number ≥ 0, `null` for none, or unknown with the reason and, where
 * something bounds it, the bounds. "None" counts as 0 in bounds.
 */
export function countOf(value: Evaluated): Value {
  switch (value.kind) {
    case "scalar":
      return countOfText(value.text);
    case "nothing":
      return null;
    case "list":
      return { unknown: "a list stands where a whole number belongs" };
    case "mapping":
      return { unknown: "a mapping stands where a whole number belongs" };
    case "undecided":
      return unknownOf(value);
  }
}

/** Only plain digits: CloudFormation does not document that it trims or rounds, so nothing else is taken for a number. */
function countOfText(text: string): number | Unknown {
  if (/^\d+$/.test(text)) {
    const count = Number(text);
    return Number.isSafeInteger(count) ? count : { unknown: `${shorten(text)} is too large` };
  }
  if (text === "") return { unknown: "an empty text is not a whole number" };
  if (/^-\d+$/.test(text)) return { unknown: `${shorten(text)} is below 0` };
  if (/^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?$/.test(text))
    return { unknown: `${shorten(text)} is not a whole number` };
  return { unknown: `"${shorten(text)}" is not a whole number` };
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}

/** Alternatives that CloudFormation would refuse do not widen the bounds: with them there is no deployment. */
function unknownOf(value: Undecided): Unknown {
  if (!value.alternatives) return bounded(value.reason, value.min, value.max);
  let min: number | undefined = Number.POSITIVE_INFINITY;
  let max: number | undefined = Number.NEGATIVE_INFINITY;
  let usable = 0;
  for (const alternative of value.alternatives) {
    const count = countOf(alternative);
    if (count !== null && typeof count !== "number" && alternative.kind !== "undecided") continue;
    usable++;
    const low: number | undefined = count === null ? 0 : typeof count === "number" ? count : count.min;
    const high: number | undefined = count === null ? 0 : typeof count === "number" ? count : count.max;
    min = min === undefined || low === undefined ? undefined : Math.min(min, low);
    max = max === undefined || high === undefined ? undefined : Math.max(max, high);
  }
  return usable === 0 ? { unknown: value.reason } : bounded(value.reason, min, max);
}

function bounded(reason: string, min: number | undefined, max: number | undefined): Unknown {
  return { unknown: reason, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}
