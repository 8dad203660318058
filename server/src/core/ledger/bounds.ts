import type { Bounds, Value } from "../model.ts";
import { isRefused } from "../refused.ts";

/** The largest sum that is counted exactly; larger ones stay here, so that adding up never loses a unit silently. */
export const mostCounted = Number.MAX_SAFE_INTEGER;

/** Exactly nothing. */
export const nothing: Bounds = { min: 0, max: 0 };

/** Nothing, or any number: what a place that cannot be looked into may hold. */
export const anything: Bounds = { min: 0, max: undefined };

/** Exactly `count`. */
export function exactly(count: number): Bounds {
  return { min: count, max: count };
}

/** Bounds of a number of executions. None is 0, and so is what AWS refuses; a number that is no count bounds nothing. */
export function boundsOf(value: Value): Bounds {
  if (value === null || isRefused(value)) return nothing;
  if (typeof value === "number") return isCount(value) ? exactly(value) : anything;
  const min = Math.max(0, Math.ceil(finite(value.min) ?? 0));
  const max = finite(value.max);
  if (max === undefined) return { min, max };
  return Math.floor(max) < min ? anything : { min, max: Math.floor(max) };
}

/** `bounds` as a value: a number when there is only one, else unknown for `reason`. */
export function toValue(bounds: Bounds, reason: string): Value {
  if (bounds.min === bounds.max) return bounds.min;
  return { unknown: reason, min: bounds.min, ...(bounds.max === undefined ? {} : { max: bounds.max }) };
}

/** The sum. What cannot be counted exactly has no highest value. */
export function add(a: Bounds, b: Bounds): Bounds {
  return {
    min: Math.min(mostCounted, a.min + b.min),
    max: a.max === undefined || b.max === undefined ? undefined : counted(a.max + b.max),
  };
}

/** `count` copies of the same. */
export function times(bounds: Bounds, count: number): Bounds {
  return {
    min: Math.min(mostCounted, bounds.min * count),
    max: bounds.max === undefined ? undefined : counted(bounds.max * count),
  };
}

/** The sum of all. */
export function sum(all: Iterable<Bounds>): Bounds {
  let total = nothing;
  for (const bounds of all) total = add(total, bounds);
  return total;
}

/** One of the two, it is not known which. */
export function either(a: Bounds, b: Bounds): Bounds {
  return {
    min: Math.min(a.min, b.min),
    max: a.max === undefined || b.max === undefined ? undefined : Math.max(a.max, b.max),
  };
}

/** The same, or nothing at all (an undecided condition). */
export function orNothing(bounds: Bounds): Bounds {
  return either(bounds, nothing);
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function finite(value: number | undefined): number | undefined {
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

function counted(total: number): number | undefined {
  return total < mostCounted ? total : undefined;
}
