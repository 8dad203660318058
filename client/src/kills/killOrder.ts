/** What somebody wants a kill to be, besides which functions. */
export interface KillOrder {
  readonly reason: string;
  /** When it is to be over: a reminder, nothing more. */
  readonly until?: Date;
  /** 1 instead of 0. */
  readonly leaveOne: boolean;
  /** Event source mappings about which the user decided otherwise, by UUID: whether to disable. */
  readonly mappings: ReadonlyMap<string, boolean>;
}

/** The reason of a kill for which nobody gives one: it claims nothing. */
export const noReason = "Switched off from VS Code";
