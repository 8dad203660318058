/** The entry point of the module: an AWS account, read and changed. */
export { AccountError, type AccountErrorKind } from "./accountError.ts";
export type { ApplyOptions } from "./apply/applying.ts";
export { type ApplyPurpose, applyPlan } from "./apply/applyPlan.ts";
export type { ApplyProgress, ApplyReport, StepReport } from "./apply/applyReport.ts";
export { type AccountPlan, type PlanAccountOptions, planAccount } from "./apply/planAccount.ts";
export {
  type LoadChange,
  type LoadChangeOptions,
  type LoadReservation,
  planLoadReservation,
  putBackLoad,
  reserveForLoad,
} from "./apply/reserveForLoad.ts";
export { forgetApply, resumeApply, undoApply } from "./apply/resumeApply.ts";
export * from "./change/calls.ts";
export { type InvokeWish, type SignedInvoke, type SignedRequest, signedInvoke } from "./invoke.ts";
export * from "./kill/index.ts";
export { openSession } from "./openSession.ts";
export { listProfiles, type Profile } from "./profiles.ts";
export { type Bucket, createRateLimiter, type RateLimiter, type RateLimiterOptions } from "./rateLimiter.ts";
export { type AccountLists, createAccountLists } from "./reading/accountLists.ts";
export { functionsByTag, functionsOfStack } from "./reading/functionsByTag.ts";
export { readFunctionUrls } from "./reading/functionUrls.ts";
export { type LoadFacts, readLoadFacts } from "./reading/loadFacts.ts";
export { listProvisioned } from "./reading/provisioned.ts";
export { readDetails } from "./reading/readDetails.ts";
export { readFunction } from "./reading/readFunction.ts";
export { readSnapshot, type SnapshotOptions } from "./reading/readSnapshot.ts";
export { readUsage, type UsageOptions, type UsageReading } from "./reading/readUsage.ts";
export { type NoTotals, type Totals, totalsIfOffered } from "./reading/totals.ts";
export { createUsageReader, type UsageReader, type UsageReaderOptions } from "./reading/usageReader.ts";
export { regionsOf } from "./regions.ts";
export type { AccountChoice, Route, Session, SessionHost } from "./session.ts";
export { pendingApplies } from "./state/applyJournal.ts";
export type { ApplyRecord, RemovedConfig } from "./state/applyRecord.ts";
export { writeAtomically } from "./state/atomicFile.ts";
export { type Audit, type AuditEntry, auditPath, openAudit } from "./state/audit.ts";
export { type LoggedChange, readAuditLog } from "./state/auditLog.ts";
export type { Claim } from "./state/claim.ts";
export { type LearnedFloors, learnedFloors } from "./state/learnedFloors.ts";
export { type LoadJournal, type LoadRecord, loadJournal } from "./state/loadJournal.ts";
export { forgetProduction, productionReason } from "./state/productionAccounts.ts";
export { type SnapshotCache, snapshotCache } from "./state/snapshotCache.ts";
export { stateFolder } from "./state/stateFolder.ts";
export { toAccountError } from "./toAccountError.ts";
