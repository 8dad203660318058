/** The only door of core. One line per thing that other rooms use, sorted by room. */
export type * from "./analysis.ts";
export type * from "./budgetFile/budgetFile.ts";
export type * from "./files.ts";
export type * from "./ledger/ledger.ts";
export type * from "./model.ts";
export {
  isRuleId,
  type Rule,
  type RuleId,
  type RuleLevel,
  ruleDocumentation,
  rules,
  rulesDocumentation,
} from "./rules.ts";
export type * from "./sources.ts";
export { type Dialect, parse } from "./syntax/parse.ts";
