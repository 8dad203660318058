import type { Unknown, Value } from "./model.ts";

const prefix = "refused: ";

/** The value of something that AWS refuses for certain and that is no whole number: not unknown, so it claims nothing. */
export function refusedValue(why: string): Unknown {
  return { unknown: prefix + why };
}

/** Why a value is not known, or is refused; a phrase. */
export function reasonOf({ unknown }: Unknown): string {
  return unknown.startsWith(prefix) ? unknown.slice(prefix.length) : unknown;
}

/** Is this what AWS refuses for certain: such a value, or a number below 0? */
export function isRefused(value: Value): boolean {
  if (value === null) return false;
  return typeof value === "number" ? value < 0 : value.unknown.startsWith(prefix);
}
