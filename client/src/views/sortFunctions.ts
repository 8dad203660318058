import type { LiveFunction } from "#core";

/** What functions can be sorted by. */
export const sortOrders = ["name", "reservation", "use", "throttles"] as const;

export type SortOrder = (typeof sortOrders)[number];

/** Is it one of the orders? For values that were stored. */
export function isSortOrder(value: unknown): value is SortOrder {
  return sortOrders.some((order) => order === value);
}

const keys: Readonly<Record<Exclude<SortOrder, "name">, (fn: LiveFunction) => number | undefined>> = {
  reservation: ({ reserved }) => (typeof reserved === "number" ? reserved : undefined),
  use: ({ usage }) => usage?.now,
  throttles: ({ usage }) => usage?.throttles,
};

const byName = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Names as people expect them: `api-2` before `api-10`, capitals beside small letters. Equal only when they are the same. */
export function compareNames(a: string, b: string): number {
  return byName.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** The functions in an order: the largest first, what is not known last, equals by name. */
export function sortFunctions(functions: readonly LiveFunction[], order: SortOrder): readonly LiveFunction[] {
  const named = (a: LiveFunction, b: LiveFunction) => compareNames(a.name, b.name);
  if (order === "name") return functions.toSorted(named);
  const key = keys[order];
  return functions.toSorted((a, b) => (key(b) ?? -1) - (key(a) ?? -1) || named(a, b));
}
