import type { Location } from "vscode-languageserver-types";
import type { Difference } from "../account/difference.ts";
import { isLive, type LiveMatch } from "../account/matchLive.ts";
import { differenceOfClaim, differenceOfGrant } from "../account/poolDifferences.ts";
import { liveKey } from "../account/unclaimed.ts";
import type { LiveFunction } from "../accountSnapshot.ts";
import type { OnlyBudgeted, Pool, PoolClaim } from "../analysis.ts";
import type { Grant } from "../budgetFile/budgetFile.ts";
import { accountPool } from "../ledger/accountPool.ts";
import { times, toValue } from "../ledger/bounds.ts";
import type { Verdict } from "../ledger/ledger.ts";
import type { DeclaredFunction, Value } from "../model.ts";
import { environmentOf } from "../pools/production.ts";
import { type InAws, inAws, verdictOf } from "../pools/verdict.ts";
import { budgetPlace } from "../rules/claimFacts.ts";
import type { FeatureContext } from "./context.ts";
import { type Edge, openEdge } from "./edge.ts";
import { type KillGroupView, killGroupsOf } from "./killGroups.ts";

/** One function of a pool: what is granted, declared and live. */
export interface PoolRow {
  /** `stack/LogicalId`, or the pattern of a grant that no declared function uses. */
  readonly key: string;
  /** FunctionName: the live one, else the declared one. */
  readonly name?: string;
  /** What the budget grants; null: nothing. 0 with `off`. */
  readonly granted: number | null;
  readonly off: boolean;
  /** What the template declares; absent when no template declares the function. */
  readonly declared?: Value;
  /** What all copies of a declared function take from the pool: reservation, else provisioned concurrency. */
  readonly claim?: Value;
  /** How many copies of the function there are, where there is more than one. */
  readonly instances?: number;
  /** What the account says; absent when the pool has no live facts, unknown when not read or ambiguous, `missing` when there is no such function. */
  readonly live?: Value | "missing";
  /** ARN of the live function. */
  readonly arn?: string;
  /** The likely cause, as a sentence, when budget, template and live disagree. */
  readonly difference?: string;
  readonly places: { readonly budget?: Location; readonly template?: Location };
}

/** One pool with its functions, for the sidebar. */
export interface PoolView {
  /** Stays the same from one answer to the next. */
  readonly id: string;
  readonly name: string;
  /** URI of the budget file; absent for a template without a budget. */
  readonly budget?: string;
  readonly place?: Location;
  readonly environment?: string;
  /** What the budget says of its environment cannot be read: it may be production. */
  readonly environmentUnread?: true;
  readonly account: string | null;
  readonly region: string | null;
  /** Does the snapshot belong to this pool? */
  readonly live: boolean;
  /** The account does not answer any more: what is live here was so when it was read. */
  readonly outdated?: true;
  readonly limit: number;
  readonly limitSource: "given" | "live" | "assumed";
  readonly floor: number;
  readonly floorSource: "configured" | "learned" | "estimated";
  readonly claimed: Value;
  readonly unreserved: Value;
  readonly granted: number;
  readonly verdict: Verdict;
  /** AWS refuses something in it for certain. */
  readonly refused?: true;
  /** How it stands against what its account has left now; absent when that was not read. */
  readonly inAws?: InAws;
  /** What the account says is claimed of its limit, by its totals; absent when that was not read. */
  readonly liveClaimed?: number;
  /** Declared functions, then grants nobody declares, then live functions with a reservation that nobody declares; at most 5,000. */
  readonly rows: readonly PoolRow[];
  /** What the kill switch offers as one; absent without live facts, or when the budget names none. */
  readonly killGroups?: readonly KillGroupView[];
}

/** More rows than this are not listed. */
const MAX_ROWS = 5_000;

/** Every pool with its functions, budgets first. */
export function poolViews(context: FeatureContext): readonly PoolView[] {
  const edge = openEdge(context);
  const { pools } = context.analysis;
  const budgets = pools.filter(({ budget }) => budget);
  const others = pools.filter(({ budget }) => !budget);
  const { outdated = false } = context.options;
  return [...budgets, ...others].map((pool) => viewOf(pool, edge, outdated));
}

/** Stays the same from one analysis to the next. */
export function poolId({ name, budget, stacks }: Pool): string {
  const uri = budget?.file.uri ?? stacks[0]?.template.uri ?? "";
  return budget ? `${budget.pool.index} ${uri}` : `${name} ${uri}`;
}

function viewOf(pool: Pool, edge: Edge, outdated: boolean): PoolView {
  const { name, budget, account, region, limit, limitSource, floor, floorSource, ledger, granted } = pool;
  const uri = budget?.file.uri ?? pool.stacks[0]?.template.uri ?? "";
  const place = budget ? budgetPlace(pool) : { uri, start: 0, end: 0 };
  const location = uri === "" ? undefined : edge.location(place);
  const { environment, environmentUnread } = environmentOf(pool);
  const killGroups = killGroupsOf(pool);
  const now = inAws(pool);
  const totals = pool.live && accountPool(pool.live.snapshot);
  return {
    id: poolId(pool),
    name,
    ...(budget && { budget: uri }),
    ...(location && { place: location }),
    ...(environment !== undefined && { environment }),
    ...(environmentUnread && { environmentUnread }),
    account,
    region,
    live: pool.live !== undefined,
    ...(pool.live && outdated && { outdated }),
    limit,
    limitSource,
    floor,
    floorSource,
    claimed: ledger.claimed,
    unreserved: ledger.unreserved,
    granted,
    verdict: verdictOf(pool),
    ...(ledger.refused === "certainly" && { refused: true }),
    ...(now && { inAws: now }),
    ...(totals && { liveClaimed: totals.claimed }),
    rows: rowsOf(pool, edge),
    ...(killGroups.length > 0 && { killGroups }),
  };
}

function rowsOf(pool: Pool, edge: Edge): readonly PoolRow[] {
  const rows = [
    ...pool.claims.slice(0, MAX_ROWS).map((claim) => declaredRow(pool, claim, edge)),
    ...pool.onlyBudgeted.slice(0, MAX_ROWS).map((only) => budgetedRow(pool, only, edge)),
  ];
  const removed = new Set(pool.live?.removed);
  const unclaimed = (pool.live?.unclaimed ?? []).slice(0, MAX_ROWS - rows.length);
  return [...rows, ...unclaimed.map((live) => unclaimedRow(live, removed.has(live)))];
}

function declaredRow(pool: Pool, claim: PoolClaim, edge: Edge): PoolRow {
  const { function: own, grant, key } = claim;
  const { reserved } = own;
  const template = edge.location(reserved.origin === "absent" ? own.place : reserved.place);
  return {
    key,
    ...nameOf(pool.live?.functions.get(claim), own.name),
    ...grantedBy(grant),
    declared: reserved.value,
    claim: toValue(times(claim.claim, claim.instances), claim.unknown ?? ""),
    ...(claim.instances > 1 && { instances: claim.instances }),
    ...liveOf(pool.live?.functions.get(claim), differenceOfClaim(pool, claim)),
    places: { ...budgetPlaceOf(grant, edge), ...(template && { template }) },
  };
}

function budgetedRow(pool: Pool, only: OnlyBudgeted, edge: Edge): PoolRow {
  const { pattern } = only.grant;
  const match = pool.live?.budgeted.get(only);
  return {
    key: pattern,
    ...nameOf(match, pattern.includes("/") ? null : pattern),
    ...grantedBy(only.grant),
    ...liveOf(match, differenceOfGrant(pool, only)),
    places: budgetPlaceOf(only.grant, edge),
  };
}

function unclaimedRow(live: LiveFunction, removed: boolean): PoolRow {
  const likely = removed
    ? "Its stack made it, but the template does not declare it any more: it still takes its reservation."
    : "It reserves concurrency, but no template and no budget entry of this pool stands for it.";
  return {
    key: liveKey(live),
    name: live.name,
    ...grantedBy(undefined),
    live: live.reserved,
    arn: live.arn,
    difference: likely,
    places: {},
  };
}

function nameOf(match: LiveMatch | undefined, declared: DeclaredFunction["name"]): Pick<PoolRow, "name"> {
  const name = isLive(match) ? match.name : declared;
  return typeof name === "string" ? { name } : {};
}

function liveOf(match: LiveMatch | undefined, difference: Difference | undefined) {
  return {
    ...(match !== undefined && { live: liveValue(match) }),
    ...(isLive(match) && { arn: match.arn }),
    ...(difference && { difference: difference.likely }),
  };
}

function liveValue(live: LiveMatch): Value | "missing" {
  if (live === null) return "missing";
  return isLive(live) ? live.reserved : live;
}

function grantedBy(grant: Grant | undefined): Pick<PoolRow, "granted" | "off"> {
  return { granted: grant?.reserved ?? null, off: grant?.off ?? false };
}

function budgetPlaceOf(grant: Grant | undefined, edge: Edge): PoolRow["places"] {
  const budget = grant && edge.location(grant.place);
  return budget ? { budget } : {};
}
