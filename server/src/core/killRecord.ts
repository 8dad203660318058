import type { LiveScalingTarget } from "./accountSnapshot.ts";

/** The state of a function before it was killed, and who killed it: all that a restore needs. */
export interface KillRecord {
  readonly version: 1;
  /** Unique; the same in journal and tags. 16 characters of base64url. */
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly name: string;
  /** Unqualified ARN. */
  readonly arn: string;
  /** ARN of the caller. */
  readonly who: string;
  readonly reason: string;
  /** ISO 8601. */
  readonly at: string;
  /** When somebody is to be reminded that it is still off; nothing is restored by itself. ISO 8601. */
  readonly until?: string;
  /** What the reservation was set to: 0, or 1 to keep asynchronous events queued. */
  readonly killedTo: 0 | 1;
  /** It was set to 1 first and lowered to 0 later: in between 1 is this kill's too. */
  readonly leftOne?: true;
  readonly before: KilledState;
}

/** What a kill may change, as it was. */
export interface KilledState {
  /** null: none. */
  readonly reserved: number | null;
  readonly provisioned: readonly { readonly qualifier: string; readonly requested: number }[];
  /** Scaling targets that were not fully suspended. */
  readonly targets: readonly LiveScalingTarget[];
  /** Mappings that were enabled and are disabled by the kill. */
  readonly mappings: readonly { readonly uuid: string; readonly maximumConcurrency?: number }[];
}
