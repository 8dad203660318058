import type { AccountSnapshot, LiveFunction } from "./accountSnapshot.ts";
import type { BudgetFile, BudgetPool, BudgetStack, Grant } from "./budgetFile/budgetFile.ts";
import type { ResolvedStack } from "./cases/resolveStack.ts";
import type { CaseGroup, FunctionCases } from "./cases/stackCases.ts";
import type { LeftOut } from "./files.ts";
import type { LedgerClaim } from "./ledger/claim.ts";
import type { AccountRoom, Deployment, DeploymentDoubts, DeploymentSum, Held } from "./ledger/deployment.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { Scenarios } from "./ledger/scenarios.ts";
import type { DeclaredFunction, FileKind, Finding, Place, Unknown, Uri } from "./model.ts";
import type { RuleId, RuleLevel } from "./ruleTable.ts";
import type { ConfigProblem } from "./samconfig/configProblem.ts";
import type { ConfigFileOption } from "./samconfig/samconfigsFor.ts";

/** What the caller (editor settings, command line) decides. Everything is optional. */
export interface AnalysisOptions {
  /** `--limit`: beats every budget. */
  readonly limit?: number;
  /** `--floor`: beats every budget. */
  readonly floor?: number;
  /** `lambdaConcurrency.assumedLimit`: used when nothing else states a limit. Default 1000. */
  readonly assumedLimit?: number;
  /** `--parameter K=V`: beats every other source. */
  readonly parameters?: ReadonlyMap<string, string>;
  /** `--region`: what `AWS::Region` stands for where no budget names the Region. */
  readonly region?: string;
  /** `--config-env`: samconfig environment for templates whose stack names none. */
  readonly configEnv?: string;
  /** `--config-file`: the samconfig of every template, instead of those that would be found. */
  readonly configFile?: ConfigFileOption;
  /** `--parameter-file`, in order: beat samconfig and budgets, yield to `parameters`. */
  readonly parameterFiles?: readonly Uri[];
  /** `--together`: sum all standalone templates in one pool called `together`. */
  readonly together?: boolean;
  /** What was read of accounts. A pool uses the one with its account and Region. */
  readonly snapshots?: readonly AccountSnapshot[];
  /** Which pools without `account` take facts of which account. */
  readonly links?: readonly PoolLink[];
  /** `check --live`: pools without `account` take the facts of the only snapshot, unless they name another Region. */
  readonly linkAll?: boolean;
  /** Levels from `lambdaConcurrency.rules`. */
  readonly levels?: Readonly<Partial<Record<RuleId, RuleLevel>>>;
}

/** A pool that the user linked to an account because its budget names none. */
export interface PoolLink {
  /** Budget file, or template of a pool without a budget. */
  readonly uri: Uri;
  /** Name of the pool. */
  readonly pool: string;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
}

/** What to analyse: the budget files that apply, and the templates (those that no budget lists become pools of their own). */
export interface AnalysisInput {
  readonly budgets: readonly Uri[];
  readonly templates: readonly Uri[];
  /** Files that may be meant as one of these without being read as one (`not-checked`). */
  readonly others?: readonly Uri[];
  readonly options: AnalysisOptions;
}

/** A template deployed into a pool under one name. */
export interface Stack {
  /** Stack name; a glob when the budget names copies by a glob. */
  readonly name: string;
  readonly template: ResolvedStack;
  readonly instances: number;
  /** samconfig environment or `config`, for messages; undefined when parameters come from defaults. */
  readonly environment?: string;
  /** What tells it from other environments that nobody chose among: its environment, with the file where two have the same. */
  readonly label?: string;
  /** Where it is deployed, as far as budget, command line or samconfig say. */
  readonly region?: string;
  /** The budget's stack entry. */
  readonly place?: Place;
}

/** One function of one stack in the pool, with what the budget grants it. */
export interface PoolClaim extends LedgerClaim {
  readonly function: DeclaredFunction;
  /** The file the function is declared in (a nested template's functions keep theirs). */
  readonly uri: Uri;
  readonly stack: Stack;
  /** Logical ids of the nested stacks around it, outermost first; empty at the top. */
  readonly nesting: readonly string[];
  /** `stack/LogicalId`, nested `stack/Child/LogicalId`: what a budget entry for it is called when it has no FunctionName. */
  readonly key: string;
  /** The budget entry that applies, most exact first. */
  readonly grant?: Grant;
  /** Present when it depends on undecided things that have a few classes of values; `claim` is what these leave. */
  readonly cases?: ClaimCases;
}

/** A function's cases within those of its stack. */
export interface ClaimCases {
  readonly group: CaseGroup;
  readonly own: FunctionCases;
}

/** One pool: what a budget document or a standalone template says, and its arithmetic. */
export interface Pool {
  readonly name: string;
  /** The budget it comes from; absent for a standalone template and for `together`. */
  readonly budget?: { readonly file: BudgetFile; readonly pool: BudgetPool };
  readonly account: string | null;
  readonly region: string | null;
  readonly limit: number;
  readonly limitSource: "given" | "live" | "assumed";
  readonly floor: number;
  readonly floorSource: "configured" | "learned" | "estimated";
  readonly stacks: readonly Stack[];
  readonly claims: readonly PoolClaim[];
  /** Functions that take nothing from the pool, with the reason. */
  readonly outside: readonly OutsideFunction[];
  /** Exact-named grants that no declared function claims: they count with their grant. */
  readonly onlyBudgeted: readonly OnlyBudgeted[];
  /** Places that may hold more functions than we can see; each counts as a claim that nothing bounds. */
  readonly unseen: readonly Unseen[];
  /** Parts of the budget that cannot be read, so that more may be claimed, or less be there, than is counted; as phrases. */
  readonly unread: readonly string[];
  /** Stack entries of the budget that lead to no template. */
  readonly missingStacks: readonly MissingStack[];
  /** Mistakes in samconfig files that stacks of this pool use, and samconfig environments that do not exist. */
  readonly configProblems: readonly ConfigProblem[];
  /** What the verdict rests on beside the files, as sentences: an assumed limit, an estimated floor, other stacks not known. */
  readonly assumptions: readonly string[];
  readonly ledger: Ledger;
  /** The cases of the ledger's groups, in their order. */
  readonly caseGroups: readonly { readonly stack: Stack; readonly cases: CaseGroup }[];
  /** The account's facts, when there are any for this pool. */
  readonly live?: PoolLive;
  /** Sum of the grants alone, each times the instances of the stacks it matches. */
  readonly granted: number;
}

/** What the account says about a pool. */
export interface PoolLive {
  readonly snapshot: AccountSnapshot;
  /** The live function of each claim: `null` when the account has none of that name; unknown when two fit, or the list is not complete. */
  readonly functions: ReadonlyMap<PoolClaim, LiveFunction | null | Unknown>;
  /** The live functions that may be meant by each claim, several where the tags do not tell; null among them: or none of these. */
  readonly candidates: ReadonlyMap<PoolClaim, readonly (LiveFunction | null)[]>;
  /** What becomes of the pool's stacks when they are deployed now. */
  readonly deployments: Deployments;
  /** The same as `functions` for grants that no template declares. */
  readonly budgeted: ReadonlyMap<OnlyBudgeted, LiveFunction | null | Unknown>;
  /** Live functions with a reservation that no claim and no exact entry stands for, by the pattern that covers them. */
  readonly covered: ReadonlyMap<Grant, readonly LiveFunction[]>;
  /** Live functions with a reservation that no claim and no grant stands for. */
  readonly unclaimed: readonly LiveFunction[];
  /** Those of `unclaimed` that a stack of the pool made, although its template does not declare them any more. */
  readonly removed: readonly LiveFunction[];
}

/** What becomes of a pool's stacks when they are deployed now. */
export interface Deployments {
  /** One copy of each stack, deployed alone. */
  readonly stacks: ReadonlyMap<Stack, DeployedPart>;
  /** All of them, one after the other. */
  readonly together: DeployedPart;
  /** The claims that are deployed, case by case. */
  readonly scenarios: Scenarios;
}

/** A part of a pool that is deployed, and what it was held against. */
export interface DeployedPart {
  readonly deployment: Deployment;
  readonly room: AccountRoom;
  /** What each of its functions holds now. */
  readonly held: ReadonlyMap<PoolClaim, Held>;
  readonly doubts: DeploymentDoubts;
  /** What its functions come to. */
  readonly sum: DeploymentSum;
  /** One copy of each function, or all. */
  readonly copies: "one" | "all";
}

/** A function that takes nothing from the pool. */
export interface OutsideFunction {
  readonly function: DeclaredFunction;
  readonly stack: Stack;
  /** A phrase: `runs on Managed Instances`. */
  readonly reason: string;
  /** As the key of a claim. */
  readonly key: string;
}

/** A grant that counts although no template of the pool declares its function. */
export interface OnlyBudgeted extends LedgerClaim {
  readonly grant: Grant;
}

/** Something in a template that may hide functions: a macro, a nested stack that cannot be read, text that cannot be parsed. */
export interface Unseen extends LedgerClaim {
  readonly stack: Stack;
  /** Where the function would come from. */
  readonly place: Place;
  /** Logical ids of the nested stacks around it, outermost first. */
  readonly nesting: readonly string[];
  /** A phrase: `the template of nested stack Child is remote`. */
  readonly reason: string;
}

/** A stack entry of a budget that leads to no template, or to files beside templates that cannot be counted (`stack-not-found`). */
export interface MissingStack {
  readonly entry: BudgetStack;
  /** A sentence that names the path or glob and what is wrong with it. */
  readonly message: string;
  /** The files that cannot be counted; absent when no template was found at all. */
  readonly files?: readonly LeftOut[];
  /** Default: that of the rule. */
  readonly severity?: "error" | "warning";
}

/** What is known about one file. */
export interface FileReport {
  readonly uri: Uri;
  readonly kind: FileKind;
  /** Functions found, nested files not included. */
  readonly functions: number;
  /** Why it could not be read or understood, as a sentence. */
  readonly error?: string;
  /** It was read only up to a bound; `error` says so. */
  readonly cut?: true;
}

/** The result of one analysis. */
export interface Analysis {
  readonly pools: readonly Pool[];
  /** Sorted by file, then offset. Suppressed ones are included and marked. */
  readonly findings: readonly Finding[];
  readonly files: readonly FileReport[];
}
