import type { KillPreview } from "#aws";

/** What somebody wants a kill to be, besides which functions. */
export interface KillOrder {
  readonly reason: string;
  /** When to remind: nothing is restored by itself. */
  readonly until?: Date;
  /** 1 instead of 0. */
  readonly leaveOne: boolean;
  /** Event source mappings about which the user decided otherwise, by UUID: whether to disable. */
  readonly mappings: ReadonlyMap<string, boolean>;
}

/** The reason of a kill for which nobody gives one: it claims nothing. */
export const noReason = "Switched off from VS Code";

/** A kill that goes on with an earlier one keeps who, why and the reminder of that. */
export function keepsReason({ functions }: KillPreview): boolean {
  const wanted = functions.filter((each) => each.kind === "kill");
  return wanted.length > 0 && wanted.every(({ continues }) => continues !== undefined);
}
