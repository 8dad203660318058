import type { LiveFunction } from "#core";
import { killTagsOf } from "../record/killTags.ts";
import type { JournalEntry } from "../state/killJournal.ts";
import { isKilledTo } from "./killedAs.ts";
import { mayBeStale } from "./mayBeStale.ts";

/**
 * Has somebody restored this kill on another machine? Then the tags that this machine put on the function are gone, and its
 * reservation is no longer what the kill made of it. A function without tags that is still off is not told apart from one that lost them;
 * nor, right after the kill, from one whose reads lag: then it is not known.
 */
export function restoredElsewhere(
  { tagged, stage, record, changedAt }: JournalEntry,
  { reserved, killTags = {} }: Pick<LiveFunction, "reserved" | "killTags">,
  now: Date,
): "yes" | "no" | "unknown" {
  if (!tagged || stage !== "killed" || Object.keys(killTagsOf(killTags)).length > 0) return "no";
  if ((typeof reserved === "object" && reserved !== null) || isKilledTo(record, reserved)) return "no";
  return mayBeStale(changedAt, now) ? "unknown" : "yes";
}
