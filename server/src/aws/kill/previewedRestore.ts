import type { KillRecord } from "#core";
import type { AccountError } from "../accountError.ts";
import type { Conflict } from "./conflicts.ts";
import type { FoundRecord } from "./findRecords.ts";
import type { FreshFunction } from "./readKillFacts.ts";

/**
 * One function of a preview.
 * - `restore`: it will be as in `record.before` again. With `conflicts`, somebody changed it since, and it is only restored when that
 *   may stay as it is.
 * - `refused`: it cannot be restored; `message` says why.
 */
export type PreviewedRestore =
  | ({
      readonly kind: "restore";
      readonly name: string;
      readonly conflicts: readonly Conflict[];
      readonly fresh: FreshFunction;
    } & FoundRecord)
  | {
      readonly kind: "refused";
      readonly name: string;
      readonly message: string;
      readonly error?: AccountError;
      /** It was not killed. */
      readonly notKilled?: true;
      /** One that can be forgotten: of this machine, when the function is gone, or closed, with tags that are left behind. */
      readonly record?: KillRecord;
    };

/** A function of a preview that is to be restored. */
export type ToRestore = Extract<PreviewedRestore, { readonly kind: "restore" }>;
