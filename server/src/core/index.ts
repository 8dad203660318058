/** The only entry point of core. One line per thing that other modules use, sorted by folder. */

export { accountPhrase, shortPhrase } from "./account/accountText.ts";
export { checkSnapshot } from "./account/checkSnapshot.ts";
export { isKilled } from "./account/difference.ts";
export { type FunctionGroup, filterTerms, filterWords, groupOf, passesFilter } from "./account/filterFunctions.ts";
export { isLive, type LiveMatch } from "./account/matchLive.ts";
export { type ReadFirst, readFirst } from "./account/readFirst.ts";
export { isSnapshot } from "./account/snapshotShape.ts";
export { compareNames, isSortOrder, type SortOrder, sortFunctions, sortOrders } from "./account/sortFunctions.ts";
export * from "./accountSnapshot.ts";
export { totalsUnknown } from "./accountSnapshot.ts";
export type * from "./analysis.ts";
export type * from "./budgetFile/budgetFile.ts";
export { isBudgetFile } from "./budgetFile/isBudgetFile.ts";
export { caseName, firstFew } from "./cases/caseText.ts";
export { casesOfPath, type FunctionCase, inTextOrder } from "./cases/functionCases.ts";
export type { ResolvedStack } from "./cases/resolveStack.ts";
export type { When } from "./cases/when.ts";
export { type AmountBounds, amountsText, dollarsOf, hoursPerMonth, timesAmount } from "./cost/amount.ts";
export { costOfLive } from "./cost/claimCost.ts";
export { costText, leftOutOfCost, notCountedText, priceLabel } from "./cost/costText.ts";
export { listPriceOf } from "./cost/listPrices.ts";
export { type Cost, sumOfCosts, totalOf, type WorstCase } from "./cost/worstCase.ts";
export type { SourceDemand } from "./demand/demand.ts";
export { codeActions } from "./features/codeActions.ts";
export { codeLenses } from "./features/codeLenses.ts";
export { complete } from "./features/complete.ts";
export type { FeatureContext } from "./features/context.ts";
export { definition } from "./features/definition.ts";
export { documentLinks } from "./features/documentLinks.ts";
export { documentSymbols } from "./features/documentSymbols.ts";
export { functionAt, type PoolFunction } from "./features/functionAt.ts";
export { hover } from "./features/hover.ts";
export { inlayHints } from "./features/inlayHints.ts";
export { type KillGroupView, killGroupsOf } from "./features/killGroups.ts";
export { liveWord, windowText } from "./features/liveText.ts";
export { plain } from "./features/markdown.ts";
export {
  type PoolBudgetPlan,
  type PoolGrants,
  type PoolTakeOver,
  poolBudgetPlan,
  poolGrants,
  poolTakeOver,
} from "./features/poolPlans.ts";
export { type PoolRow, type PoolView, poolViews } from "./features/poolViews.ts";
export { references } from "./features/references.ts";
export { prepareRename, type Refused, rename } from "./features/rename.ts";
export { type TakenOver, takeOver } from "./features/takeOver.ts";
export type * from "./files.ts";
export { groupBy } from "./groupBy.ts";
export * from "./kill/consequences.ts";
export { isExpired } from "./kill/isExpired.ts";
export { type KillOrder, keepsReason } from "./kill/killOrder.ts";
export * from "./kill/roomFor.ts";
export { parseTag, type TagFilter } from "./kill/tagFilter.ts";
export type * from "./killRecord.ts";
export { type AccountPool, accountPool, isAllReserved, largestReservation } from "./ledger/accountPool.ts";
export { toValue } from "./ledger/bounds.ts";
export { estimatedFloor, headroomOf } from "./ledger/headroom.ts";
export { computeLedger, type Ledger, type Verdict } from "./ledger/ledger.ts";
export { concurrencyOf, mostUnreservedLoad, type PoolInUse } from "./ledger/loadRoom.ts";
export { type Owed, owedOf, owedTo, roomText } from "./ledger/owed.ts";
export { notAccountedFor, type PoolShares, poolShares, type Stretch } from "./ledger/poolShares.ts";
export {
  aboveFloor,
  floorOf,
  headroomLeft,
  largestOfEach,
  liveClaim,
  mostClaimed,
} from "./ledger/unreserved.ts";
export type * from "./loadTest/generatorMessages.ts";
export { type LoadFigures, type LoadSection, type LoadTables, loadTables } from "./loadTest/loadReport.ts";
export type * from "./loadTest/loadRun.ts";
export { outcomes } from "./loadTest/loadRun.ts";
export {
  type ClosedLoop,
  type LoadMaxima,
  type LoadShape,
  loadMaxima,
  loweredMaxima,
  type OpenLoop,
  requestsOf,
  shapeProblem,
  shapeText,
} from "./loadTest/loadShape.ts";
export { brokenText, firstLine, progressText, putBackText } from "./loadTest/loadText.ts";
export { isLoopbackHost } from "./loadTest/loopback.ts";
export { type ServedDifference, servedDifference } from "./loadTest/servedDifference.ts";
export { type ClosedLoopFacts, expectedShareOf, expectedThrottledShare } from "./loadTest/throttledShare.ts";
export type * from "./model.ts";
export { draftBudget } from "./newBudget/draftBudget.ts";
export { type AccountDraft, draftFromAccount } from "./newBudget/draftFromAccount.ts";
export { formatBudget } from "./newBudget/formatBudget.ts";
export { type BudgetPlan, type BudgetRow, budgetPlan, type NotPlanned } from "./plan/budgetPlan.ts";
export type * from "./plan/plan.ts";
export { planChanges } from "./plan/planChanges.ts";
export { type PlanDocument, planText } from "./plan/planText.ts";
export { stepText } from "./plan/stepText.ts";
export { casesOfPool } from "./pools/poolCases.ts";
export {
  environmentOf,
  environmentsOf,
  type KnownEnvironments,
  productionPool,
  whyProduction,
} from "./pools/production.ts";
export { type InAws, inAws, verdictOf } from "./pools/verdict.ts";
export { isRefused } from "./refused.ts";
export {
  isRuleId,
  type Rule,
  type RuleId,
  type RuleLevel,
  ruleDocumentation,
  rules,
  rulesDocumentation,
  type Severity,
} from "./ruleTable.ts";
export { readAssignments } from "./samconfig/overrideText.ts";
export { readParameterFileAt } from "./samconfig/parameterFile.ts";
export { samconfigsFor } from "./samconfig/samconfigsFor.ts";
export { analyseSound, faultSentence, only } from "./soundAnalysis.ts";
export type * from "./sources.ts";
export { suggest } from "./suggest.ts";
export { deref, keyText, pairs, rootOf } from "./syntax/lookup.ts";
export type { Node } from "./syntax/nodes.ts";
export { parse } from "./syntax/parse.ts";
export { hasNearBudgetName, mayBeLookalike } from "./template/lookalike.ts";
export { callerText, isVersion, qualifierText, resourceName } from "./wording/arns.ts";
export { fieldText, type MappingsByName, mappingName, mappingsByName, sourceWords } from "./wording/fields.ts";
export { stateText } from "./wording/killedState.ts";
export { decimal, measuredTime, percent } from "./wording/measures.ts";
export {
  age,
  ahead,
  dateTimeText,
  inHours,
  isoText,
  momentText,
  parseMoment,
  tomorrowMorning,
} from "./wording/times.ts";
export { boundsText, longValueText, valueText } from "./wording/values.ts";
export { capital, either, list, many, namesText, num, rough, signed } from "./wording/words.ts";
export { Workspace } from "./workspace.ts";
