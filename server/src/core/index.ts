/** The only door of core. One line per thing that other rooms use, sorted by room. */
export type * from "./analysis.ts";
export type * from "./budgetFile/budgetFile.ts";
export {
  type BudgetKey,
  downstreamKeys,
  grantKeys,
  type KeyTable,
  poolKeys,
  stackKeys,
} from "./budgetFile/budgetKeys.ts";
export { draftBudget } from "./budgetFile/draftBudget.ts";
export { formatBudget, type NewBudget, type NewReservation, type NewStack } from "./budgetFile/formatBudget.ts";
export { isBudgetFile } from "./budgetFile/isBudgetFile.ts";
export { readBudgetFile } from "./budgetFile/readBudgetFile.ts";
export { suggest } from "./budgetFile/suggest.ts";
export { codeActions } from "./features/codeActions.ts";
export { codeLenses } from "./features/codeLenses.ts";
export { complete } from "./features/complete.ts";
export type { FeatureContext, FeatureOptions } from "./features/context.ts";
export { definition } from "./features/definition.ts";
export { documentLinks } from "./features/documentLinks.ts";
export { documentSymbols } from "./features/documentSymbols.ts";
export { hover } from "./features/hover.ts";
export { inlayHints } from "./features/inlayHints.ts";
export { references } from "./features/references.ts";
export { prepareRename, type Refused, rename } from "./features/rename.ts";
export type * from "./files.ts";
export { boundsOf, sum as sumBounds, times as timesBounds, toValue } from "./ledger/bounds.ts";
export { claimOf, provisionedTotal } from "./ledger/claim.ts";
export {
  estimatedFloor,
  headroomForNew,
  headroomOf,
  maxRequestsPerSecond,
  overshootOf,
  smallestLimit,
} from "./ledger/headroom.ts";
export { type Bounds, computeLedger, type Ledger, type LedgerClaim, type Verdict, verdictOf } from "./ledger/ledger.ts";
export type * from "./model.ts";
export { type BuiltPools, buildPools } from "./pools/buildPools.ts";
export { matchesGrant, type Named } from "./pools/grants.ts";
export {
  isRuleId,
  type Rule,
  type RuleId,
  type RuleLevel,
  ruleDocumentation,
  rules,
  rulesDocumentation,
} from "./rules.ts";
export { type ParameterFile, readParameterFile, readParameterFileAt } from "./samconfig/parameterFile.ts";
export { type StackConfig, type StackConfigOptions, stackConfig } from "./samconfig/stackConfig.ts";
export type * from "./sources.ts";
export { deref, keyText, pairs, rootOf } from "./syntax/lookup.ts";
export type { Node } from "./syntax/nodes.ts";
export { type Dialect, parse } from "./syntax/parse.ts";
export { recognise } from "./template/recognise.ts";
export { resolveTemplate } from "./template/resolveTemplate.ts";
export { Workspace } from "./workspace.ts";
