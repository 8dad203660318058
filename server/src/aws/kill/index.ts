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
export { kill } from "./kill.ts";
export type { KilledFunction, KillOptions, KillProgress } from "./killedFunction.ts";
export { type LeftBehind, leftBehind, readLeftBehind } from "./leftBehind.ts";
export { type KillList, type ListedKill, type ListKillsOptions, listKills } from "./listKills.ts";
export { type LocalKnowledge, localKnowledge } from "./localKnowledge.ts";
export type { KillChoice, PreviewedKill } from "./previewedKill.ts";
export type { PreviewedRestore } from "./previewedRestore.ts";
export { type KillPreview, type PreviewOptions, previewKill } from "./previewKill.ts";
export { previewRestore, type RestorePreview, type RestorePreviewOptions } from "./previewRestore.ts";
export { restore } from "./restore.ts";
export type { RestoredFunction, RestoreOptions } from "./restoredFunction.ts";
export { readRoom, type Shortage } from "./shortage.ts";
export type { StepResult } from "./steps.ts";
export { isTakenOver } from "./takeOverLoad.ts";
