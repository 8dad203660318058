import type { Consequence, KilledState, KillRecord, LiveMapping } from "#core";
import type { AccountError } from "../accountError.ts";
import type { LoadRecord } from "../state/loadJournal.ts";

/** How functions are to be killed. */
export interface KillChoice {
  /** 1 instead of 0: asynchronous events stay queued. */
  readonly leaveOne?: boolean;
  /** Disables no event source mapping. */
  readonly keepTriggers?: boolean;
  /** Whether to disable single mappings, by UUID; those of queues are disabled by default, others are not. */
  readonly mappings?: ReadonlyMap<string, boolean>;
}

/**
 * One function of a preview.
 * - `kill`: it will be killed; `before` is what will be recorded. With `continues`, an earlier kill was begun and will be finished; with
 *   `replaces`, an earlier one was undone by somebody only in part, and what is still off of it becomes part of this one.
 * - `killed`: it is killed already, `record` says by whom; nothing will be done.
 * - `off`: its reservation is 0, or the 1 that is to be left, without a record, and nothing else is to be done.
 * - `refused`: it cannot be killed; `message` says why.
 */
export type PreviewedKill = {
  readonly name: string;
} & (
  | {
      readonly kind: "kill";
      readonly arn: string;
      readonly before: KilledState;
      /** The reservation as it is now: not that of `before` where an earlier kill has changed it. */
      readonly reserved: number | null;
      /** What the reservation becomes: 0 stays 0, also where one is to be left. */
      readonly killedTo: KillRecord["killedTo"];
      readonly continues?: KillRecord;
      readonly replaces?: KillRecord;
      /** A load test has set the reservation: it is stopped, and `before` is what was there before it. */
      readonly takesOver?: LoadRecord;
      /** Where the record of the earlier kill is: when it is gone from there, somebody has closed that kill. */
      readonly earlier?: { readonly tagged: boolean; readonly journal: boolean };
      /** Id of a closed kill whose tags are still on the function; those of this one take their place. */
      readonly closedTags?: string;
      /** Enabled mappings, and whether each will be disabled. */
      readonly mappings: readonly (LiveMapping & { readonly disable: boolean })[];
      readonly consequences: readonly Consequence[];
      /** Why only this machine will be able to restore it; absent when the record fits in tags. */
      readonly onlyHere?: string;
      /** How many tags the record may take; absent when the tags cannot be read. */
      readonly tagRoom?: number;
      readonly stack?: string;
      /** Provisioned concurrency could not be read: the reservation goes first, and where there is some Lambda refuses it. */
      readonly provisionedUnknown?: true;
    }
  | { readonly kind: "killed"; readonly record: KillRecord }
  | { readonly kind: "off"; readonly reserved: number }
  | { readonly kind: "refused"; readonly message: string; readonly error?: AccountError }
);
