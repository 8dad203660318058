import type { Bounds } from "../model.ts";

const grouped = new Intl.NumberFormat("en-US");

/** A number as people write it: `1,050`. */
export function num(value: number): string {
  return grouped.format(value);
}

/** A number that may not be decided: `200`, `between 10 and 50`, `at least 10`. */
export function range({ min, max }: Bounds): string {
  if (max === undefined) return `at least ${num(min)}`;
  return min === max ? num(min) : `between ${num(min)} and ${num(max)}`;
}

/** `a`, `a and b`, `a, b and c`; of more than `most` names the rest is only counted. */
export function list(names: readonly string[], most = 5): string {
  const shown = names.length > most ? [...names.slice(0, most), `${num(names.length - most)} more`] : names;
  const last = shown.at(-1) ?? "";
  return shown.length < 2 ? last : `${shown.slice(0, -1).join(", ")} and ${last}`;
}

/** `1 function`, `3 functions`. */
export function many(count: number, noun: string): string {
  return `${num(count)} ${noun}${count === 1 ? "" : "s"}`;
}
