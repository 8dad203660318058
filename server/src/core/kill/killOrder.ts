/** What somebody wants a kill to be, besides which functions. */
export interface KillOrder {
  readonly reason: string;
  /** When to remind: nothing is restored by itself. */
  readonly until?: Date;
  /** 1 instead of 0. */
  readonly leaveOne: boolean;
  /** Disables no event source mapping but those of `mappings`. */
  readonly keepTriggers?: boolean;
  /** Event source mappings about which somebody decided otherwise, by UUID: whether to disable. */
  readonly mappings: ReadonlyMap<string, boolean>;
}

/** A kill that goes on with an earlier one keeps who, why and the reminder of that. */
export function keepsReason(functions: readonly { readonly kind: string; readonly continues?: unknown }[]): boolean {
  const wanted = functions.filter(({ kind }) => kind === "kill");
  return wanted.length > 0 && wanted.every(({ continues }) => continues !== undefined);
}
