/** Killing and restoring functions. */

export { type DecodedKill, decodeKillTags, encodeKillTags, killTagPrefix } from "../record/killTags.ts";
export {
  createJournal,
  isOpen,
  type Journal,
  type JournalContent,
  type JournalEntry,
  type KillStage,
} from "../state/killJournal.ts";
export type { Conflict } from "./conflicts.ts";
export { type FollowOptions, followAllocation } from "./followAllocation.ts";
export { type ForgottenKill, forgetKill } from "./forgetKill.ts";
export { type KilledFunction, type KillOptions, type KillProgress, kill } from "./kill.ts";
export { type KnownHere, knownHere } from "./knownHere.ts";
export { type LeftBehind, leftBehind, readLeftBehind } from "./leftBehind.ts";
export { type KillList, type ListedKill, type ListKillsOptions, listKills } from "./listKills.ts";
export {
  type KillChoice,
  type KillPreview,
  type PreviewedKill,
  type PreviewOptions,
  previewKill,
} from "./previewKill.ts";
export {
  type PreviewedRestore,
  previewRestore,
  type RestorePreview,
  type RestorePreviewOptions,
} from "./previewRestore.ts";
export { type RestoredFunction, type RestoreOptions, restore } from "./restore.ts";
export { readRoom, type Shortage } from "./shortage.ts";
export type { StepResult } from "./steps.ts";
