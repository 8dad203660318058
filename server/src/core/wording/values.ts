import type { Bounds, Unknown, Value } from "../model.ts";
import { isRefused } from "../refused.ts";
import { num } from "./words.ts";

/**
 * What is known of a number: `200`, `10 to 200`, `at least 10`, `at most 200`, `unknown`. That it is not below 0 says
 * nothing.
 */
export function boundsText({ min, max }: Partial<Bounds>): string {
  if (min !== undefined && max !== undefined) return min === max ? num(min) : `${num(min)} to ${num(max)}`;
  if (max !== undefined) return `at most ${num(max)}`;
  return min === undefined || min === 0 ? "unknown" : `at least ${num(min)}`;
}

/** The same within a sentence: `Api claims 10 to 200`, `Api claims an unknown number`. */
export function range(bounds: Partial<Bounds>): string {
  const text = boundsText(bounds);
  return text === "unknown" ? "an unknown number" : text;
}

/** A value in a few characters: `200`, `none`, `10 to 200`, `at least 10`, `unknown`, `refused`. */
export function valueText(value: Value): string {
  if (value === null) return "none";
  if (!isUnknown(value)) return num(value);
  return isRefused(value) ? "refused" : boundsText(value);
}

/** A value with its reason when it is not known: `10 to 200 (unknown: parameter Size has no value)`. */
export function longValueText(value: Value): string {
  if (!isUnknown(value)) return valueText(value);
  // The reason of what is refused begins with the word.
  if (isRefused(value)) return value.unknown;
  const bounds = boundsText(value);
  if (isOneNumber(value)) return bounds;
  return bounds === "unknown" ? `unknown: ${value.unknown}` : `${bounds} (unknown: ${value.unknown})`;
}

/** Is it one number wherever it can be deployed? What it is otherwise AWS refuses. */
export function isOneNumber({ min, max }: Unknown): boolean {
  return min !== undefined && min > 0 && min === max;
}

/** Can the value not be decided from what is there? */
export function isUnknown(value: Value): value is Unknown {
  return typeof value === "object" && value !== null;
}
