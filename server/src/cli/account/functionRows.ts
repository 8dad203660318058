import type { LiveFunction } from "#core";

/** By what functions can be sorted. */
export const sortOrders = ["name", "reserved", "use", "throttles"] as const;
export type SortOrder = (typeof sortOrders)[number];

/** Those whose name or stack holds the text, whatever its case. */
export function filterFunctions(functions: readonly LiveFunction[], text: string): readonly LiveFunction[] {
  const wanted = text.toLowerCase();
  return functions.filter(({ name, stack }) =>
    [name, stack?.name ?? ""].some((each) => each.toLowerCase().includes(wanted)),
  );
}

/** The highest first, names in their order; functions of which nothing is known last. */
export function sortFunctions(functions: readonly LiveFunction[], order: SortOrder): readonly LiveFunction[] {
  const rank = ranks[order];
  return [...functions].sort((a, b) => rank(b) - rank(a) || compare(a.name, b.name));
}

const LAST = -2;

const ranks: Readonly<Record<SortOrder, (live: LiveFunction) => number>> = {
  name: () => 0,
  reserved: ({ reserved }) => (typeof reserved === "number" ? reserved : reserved === null ? LAST : -1),
  use: ({ usage }) => usage?.maximum ?? LAST,
  throttles: ({ usage }) => usage?.throttles ?? LAST,
};

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
