import { LiveIndex } from "../account/liveIndex.ts";
import type { Matched } from "../account/matched.ts";
import { matchLive } from "../account/matchLive.ts";
import { poolSnapshot } from "../account/poolSnapshot.ts";
import type { AccountSnapshot } from "../accountSnapshot.ts";
import type { AnalysisOptions, MissingStack, Pool, PoolLive, Unseen } from "../analysis.ts";
import type { BudgetFile, BudgetPool, UnreadPart } from "../budgetFile/budgetFile.ts";
import type { LeftOut } from "../files.ts";
import { anything } from "../ledger/bounds.ts";
import type { LedgerClaim } from "../ledger/claim.ts";
import { computeLedger, type Ledger, type Refused } from "../ledger/ledger.ts";
import { addUpScenarios } from "../ledger/scenarios.ts";
import type { Sources } from "../sources.ts";
import { assumptionsOf } from "./assumptions.ts";
import { claimGroups } from "./claimCases.ts";
import { type Deployable, deploymentsOf } from "./deployments.ts";
import { flatten, type StackContents } from "./flatten.ts";
import { applyGrants } from "./grants.ts";
import { whyMissing } from "./leftOut.ts";
import { type AccountFacts, limitsOf } from "./limits.ts";
import { type ConfiguredStack, namedStacks } from "./stacks.ts";
import { unreadParts } from "./unreadParts.ts";

/** Everything a pool is made from. */
export interface PoolParts {
  /** Stays the same from one analysis to the next: the budget document, the standalone template, or `together`. */
  readonly id: string;
  readonly name: string;
  readonly budget?: { readonly file: BudgetFile; readonly pool: BudgetPool };
  readonly stacks: readonly ConfiguredStack[];
  readonly missing: readonly MissingStack[];
}

/** Puts a pool together and adds it up. `indexOf`: of a snapshot that was looked into before. */
export function assemble(
  parts: PoolParts,
  options: AnalysisOptions,
  sources: Sources,
  indexOf: (snapshot: AccountSnapshot) => LiveIndex = (snapshot) => new LiveIndex(snapshot),
): Pool {
  const budget = parts.budget?.pool;
  const stacks = parts.stacks.map(({ stack }) => stack);
  const contents = stacks.map((stack) => flatten(stack, sources));
  const outside = contents.flatMap((content) => content.outside);
  const unseen: Unseen[] = contents.flatMap((content) => content.unseen);
  const grants = applyGrants(
    budget?.reservations ?? [],
    contents.flatMap((content) => content.claims),
    outside,
    stacks,
  );
  const groups = claimGroups(grants.claims);
  const snapshot = snapshotOf(parts, options);
  const limits = limitsOf(options, budget, snapshot && factsOf(snapshot));
  const unread = unreadParts(budget, limits, grants.claims);
  const live =
    snapshot &&
    liveOf(indexOf(snapshot), limits, {
      ...grants,
      outside,
      stacks,
      unseen,
      scenarios: addUpScenarios(grants.claims, groups),
      named: namedStacks(parts.stacks, budget),
      grants: budget?.reservations ?? [],
    });
  return {
    name: parts.name,
    ...(parts.budget ? { budget: parts.budget } : {}),
    account: budget?.account?.value ?? null,
    region: budget?.region?.value ?? null,
    ...limits,
    stacks,
    claims: grants.claims,
    outside,
    onlyBudgeted: grants.onlyBudgeted,
    unseen,
    unread,
    missingStacks: parts.missing,
    configProblems: [...new Set(parts.stacks.map(({ config }) => config))].flatMap((config) => config.problems),
    assumptions: assumptionsOf(limits, { hasBudget: budget !== undefined, hasLive: live !== undefined }, stacks),
    ledger: underUnread(
      budget,
      unread,
      computeLedger(
        limits.limit,
        limits.floor,
        [
          ...grants.claims,
          ...grants.onlyBudgeted,
          ...unseen,
          ...parts.missing.map((missing) => anythingFor(whyMissing(missing))),
          ...unread.map(anythingFor),
        ],
        refusedIn(contents),
        groups,
      ),
    ),
    caseGroups: groups.map(({ stack, cases }) => ({ stack, cases })),
    ...(live && { live }),
    granted: grants.granted,
  };
}

/** A limit or floor that cannot be read may be any number: what stands in for it makes no pool too small. */
function underUnread(budget: BudgetPool | undefined, unread: readonly string[], ledger: Ledger): Ledger {
  const isNumber = ({ part, reason }: UnreadPart) => (part === "limit" || part === "floor") && unread.includes(reason);
  return ledger.verdict === "over" && budget?.unread?.some(isNumber) ? { ...ledger, verdict: "depends" } : ledger;
}

/** What one stack of a pool is refused for keeps the pool from being deployed as a whole. */
function refusedIn(contents: readonly StackContents[]): Refused | undefined {
  const all = contents.flatMap(({ refused }) => refused ?? []);
  return all.includes("certainly") ? "certainly" : all[0];
}

/** What the account says of the pool, and what becomes of a deployment there. */
function liveOf(
  index: LiveIndex,
  limits: Deployable["limits"],
  pool: Matched & Pick<Deployable, "scenarios">,
): PoolLive {
  const live = matchLive(index, pool);
  return { ...live, deployments: deploymentsOf(live, { ...pool, limits }) };
}

function snapshotOf({ name, budget, stacks }: PoolParts, options: AnalysisOptions): AccountSnapshot | undefined {
  const [first, ...others] = stacks;
  const alone = others.length === 0 ? first?.stack.template.uri : undefined;
  const { account, region } = budget?.pool ?? {};
  const uri = budget ? budget.file.uri : alone;
  return poolSnapshot({ name, uri, account: account?.value, region: region?.value }, options);
}

function factsOf({ limit, learnedFloor }: AccountSnapshot): AccountFacts {
  return { ...(limit !== undefined && { limit }), ...(learnedFloor !== undefined && { floor: learnedFloor }) };
}

/** Nobody knows what a stack reserves that cannot be found or read: a pool with one cannot be said to fit. */
function anythingFor(unknown: string): LedgerClaim {
  return { claim: anything, instances: 1, unknown };
}

/** Builds a pool again only when something it is made from is another thing than last time. */
export class PoolMemory {
  #last = new Map<string, { readonly inputs: readonly unknown[]; readonly pool: Pool }>();
  #next = new Map<string, { readonly inputs: readonly unknown[]; readonly pool: Pool }>();
  #indexes = new Map<AccountSnapshot, LiveIndex>();

  assemble(parts: PoolParts, options: AnalysisOptions, sources: Sources): Pool {
    const inputs = inputsOf(parts, options);
    const last = this.#last.get(parts.id);
    const pool =
      last && sameItems(last.inputs, inputs)
        ? last.pool
        : assemble(parts, options, sources, (snapshot) => this.#indexOf(snapshot));
    this.#next.set(parts.id, { inputs, pool });
    return pool;
  }

  #indexOf(snapshot: AccountSnapshot): LiveIndex {
    let index = this.#indexes.get(snapshot);
    if (!index) {
      index = new LiveIndex(snapshot);
      this.#indexes.set(snapshot, index);
    }
    return index;
  }

  /** Forgets pools that nobody has asked for since the last call. */
  forgetUnused(): void {
    this.#last = this.#next;
    this.#next = new Map();
    if (this.#indexes.size === 0) return;
    const shown = new Set([...this.#last.values()].map(({ pool }) => pool.live?.snapshot));
    for (const snapshot of this.#indexes.keys()) if (!shown.has(snapshot)) this.#indexes.delete(snapshot);
  }
}

/** All that `assemble` reads, flat. Templates, budgets and samconfig answers are the same object as long as nothing in them changed. */
function inputsOf(parts: PoolParts, options: AnalysisOptions): readonly unknown[] {
  return [
    parts.name,
    parts.budget?.pool,
    options.limit,
    options.floor,
    options.assumedLimit,
    snapshotOf(parts, options),
    ...parts.missing.flatMap(({ entry, message, files = [] }) => [entry, message, ...files.flatMap(partsOf)]),
    ...parts.stacks.flatMap(({ stack, config }) => [stack.template, stack.name, stack.instances, config]),
  ];
}

function partsOf({ uri, why }: LeftOut): readonly string[] {
  return [uri, why];
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}
