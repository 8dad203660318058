import type { LiveFunction } from "../accountSnapshot.ts";

/** What functions can be sorted by. */
export const sortOrders = ["name", "reserved", "use", "throttles"] as const;
export type SortOrder = (typeof sortOrders)[number];

/** Is it one of the orders? For values that were stored. */
export function isSortOrder(value: unknown): value is SortOrder {
  return sortOrders.some((order) => order === value);
}

const byName = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Names as people expect them: `api-2` before `api-10`, capitals beside small letters. Equal only when they are the same. */
export function compareNames(a: string, b: string): number {
  return byName.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}

/** The functions in an order: the largest first, what is not known last, equals by name. Use is that of the last minutes, then the highest. */
export function sortFunctions(functions: readonly LiveFunction[], order: SortOrder): readonly LiveFunction[] {
  const ranks = keys[order];
  return functions.toSorted((a, b) => {
    for (const rank of ranks) {
      const difference = rank(b) - rank(a);
      if (difference !== 0) return difference;
    }
    return compareNames(a.name, b.name);
  });
}

/** Behind everything that is known, also behind 0. */
const LAST = -2;

const keys: Readonly<Record<SortOrder, readonly ((live: LiveFunction) => number)[]>> = {
  name: [],
  // One whose reservation may be anything comes before those that certainly have none.
  reserved: [({ reserved }) => (typeof reserved === "number" ? reserved : reserved === null ? LAST : -1)],
  use: [({ usage }) => usage?.now ?? LAST, ({ usage }) => usage?.maximum ?? LAST],
  throttles: [({ usage }) => usage?.throttles ?? LAST],
};
