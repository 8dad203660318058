import { downstreamKeys, grantKeys, type KeyTable, poolKeys, stackKeys } from "../budgetFile/budgetKeys.ts";

/** What may stand at a place of a budget file. */
export type BudgetSlot =
  | { readonly kind: "keys"; readonly table: KeyTable }
  | { readonly kind: "grantNames" }
  | { readonly kind: "patterns" }
  | { readonly kind: "parameterNames"; readonly stack: number }
  | { readonly kind: "names" };

/** What a mapping or sequence below these keys holds; undefined where the format knows nothing. */
export function slotInside(keys: readonly (string | number)[]): BudgetSlot | undefined {
  const [section, entry, field] = keys;
  if (section === undefined) return { kind: "keys", table: poolKeys };
  if (section === "stacks") return stackSlot(entry, field, keys.length);
  if (section === "reservations") {
    if (keys.length === 1) return { kind: "grantNames" };
    return keys.length === 2 ? { kind: "keys", table: grantKeys } : undefined;
  }
  if (section === "downstreams") {
    if (keys.length === 2) return { kind: "keys", table: downstreamKeys };
    return keys.length === 1 ? { kind: "names" } : field === "functions" ? { kind: "patterns" } : undefined;
  }
  if (section !== "kill-groups") return undefined;
  return keys.length === 1 ? { kind: "names" } : { kind: "patterns" };
}

function stackSlot(
  entry: string | number | undefined,
  field: string | number | undefined,
  depth: number,
): BudgetSlot | undefined {
  if (depth <= 2 && field === undefined) return { kind: "keys", table: stackKeys };
  if (field !== "parameters" || typeof entry !== "number") return undefined;
  return { kind: "parameterNames", stack: entry };
}

/** The description of a key, by the keys of the mapping around it. */
export function keyTableOf(parents: readonly (string | number)[]): KeyTable | undefined {
  const slot = slotInside(parents);
  return slot?.kind === "keys" ? slot.table : undefined;
}
