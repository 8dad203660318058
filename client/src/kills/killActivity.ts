/** Provisioned concurrency that a restore requested and that Lambda is allocating. */
export interface Allocation {
  /** `accountKey`. */
  readonly key: string;
  readonly name: string;
  /** Of all aliases and versions. */
  readonly requested: number;
  /** Why it is not there, as a sentence; absent while Lambda is at it. */
  readonly failed?: string;
}

/** What this window is doing to a function. */
export type KillAction = "kill" | "restore";
