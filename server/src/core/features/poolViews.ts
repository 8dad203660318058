import type { Location } from "vscode-languageserver-types";
import { differenceOf } from "../account/difference.ts";
import { isLive, type LiveMatch } from "../account/matchLive.ts";
import { liveKey } from "../account/unclaimed.ts";
import type { Pool } from "../analysis.ts";
import type { Grant } from "../budgetFile/budgetFile.ts";
import type { Verdict } from "../ledger/ledger.ts";
import type { Value } from "../model.ts";
import { budgetPlace } from "../validate/subject.ts";
import type { FeatureContext } from "./context.ts";
import { type Edge, openEdge } from "./edge.ts";

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
  readonly account: string | null;
  readonly region: string | null;
  /** Does the snapshot belong to this pool? */
  readonly live: boolean;
  readonly limit: number;
  readonly limitSource: "given" | "live" | "assumed";
  readonly floor: number;
  readonly floorSource: "configured" | "learned" | "estimated";
  readonly claimed: Value;
  readonly unreserved: Value;
  readonly granted: number;
  readonly verdict: Verdict;
  /** Declared functions, then grants nobody declares, then live functions with a reservation that nobody declares; at most 5,000. */
  readonly rows: readonly PoolRow[];
}

/** More rows than this are not listed. */
const MAX_ROWS = 5_000;

/** Every pool with its functions, budgets first. */
export function poolViews(context: FeatureContext): readonly PoolView[] {
  const edge = openEdge(context);
  const { pools } = context.analysis;
  const budgets = pools.filter(({ budget }) => budget);
  const others = pools.filter(({ budget }) => !budget);
  return [...budgets, ...others].map((pool) => viewOf(pool, edge));
}

function viewOf(pool: Pool, edge: Edge): PoolView {
  const { name, budget, account, region, limit, limitSource, floor, floorSource, ledger, granted } = pool;
  const uri = budget?.file.uri ?? pool.stacks[0]?.template.uri ?? "";
  const place = budget ? budgetPlace(pool) : { uri, start: 0, end: 0 };
  const location = uri === "" ? undefined : edge.location(place);
  const environment = budget?.pool.environment?.value;
  return {
    id: budget ? `${budget.pool.index} ${uri}` : `${name} ${uri}`,
    name,
    ...(budget && { budget: uri }),
    ...(location && { place: location }),
    ...(environment !== undefined && { environment }),
    account,
    region,
    live: pool.live !== undefined,
    limit,
    limitSource,
    floor,
    floorSource,
    claimed: ledger.claimed,
    unreserved: ledger.unreserved,
    granted,
    verdict: ledger.verdict,
    rows: rowsOf(pool, edge).slice(0, MAX_ROWS),
  };
}

function rowsOf(pool: Pool, edge: Edge): readonly PoolRow[] {
  const declared = pool.claims.slice(0, MAX_ROWS).map((claim): PoolRow => {
    const { function: own, grant, key } = claim;
    const sides = { ...grantedBy(grant), declared: own.reserved.value, live: pool.live?.functions.get(claim) };
    const { place } = own.reserved.origin === "literal" || own.reserved.origin === "intrinsic" ? own.reserved : own;
    const template = edge.location(place);
    return row(
      { key, name: typeof own.name === "string" ? own.name : undefined, ...sides },
      budgetOf(grant, edge),
      template,
    );
  });
  const budgeted = pool.onlyBudgeted.slice(0, MAX_ROWS).map((only): PoolRow => {
    const { grant } = only;
    const name = grant.pattern.includes("/") ? undefined : grant.pattern;
    const sides = { ...grantedBy(grant), declared: undefined, live: pool.live?.budgeted.get(only) };
    return row({ key: grant.pattern, name, ...sides }, budgetOf(grant, edge), undefined);
  });
  const unclaimed = (pool.live?.unclaimed ?? []).slice(0, MAX_ROWS).map(
    (live): PoolRow => ({
      ...row({ key: liveKey(live), name: live.name, ...grantedBy(undefined), declared: undefined, live }),
      difference: "It reserves concurrency, but no template and no budget entry of this pool stands for it.",
    }),
  );
  return [...declared, ...budgeted, ...unclaimed];
}

interface Row {
  readonly key: string;
  readonly name: string | undefined;
  readonly granted: number | undefined;
  readonly off: boolean;
  readonly declared: Value | undefined;
  /** Undefined: the pool has no live facts. */
  readonly live: LiveMatch | undefined;
}

function row({ key, name, live, ...sides }: Row, budget?: Location, template?: Location): PoolRow {
  const shown = isLive(live) ? live.name : name;
  const difference = live === undefined ? undefined : differenceOf({ ...sides, live })?.likely;
  const { granted = null, off, declared } = sides;
  return {
    key,
    ...(shown !== undefined && { name: shown }),
    granted,
    off,
    ...(declared !== undefined && { declared }),
    ...(live !== undefined && { live: liveValue(live) }),
    ...(isLive(live) && { arn: live.arn }),
    ...(difference !== undefined && { difference }),
    places: { ...(budget && { budget }), ...(template && { template }) },
  };
}

function liveValue(live: LiveMatch): Value | "missing" {
  if (live === null) return "missing";
  return isLive(live) ? live.reserved : live;
}

function grantedBy(grant: Grant | undefined): Pick<Row, "granted" | "off"> {
  return { granted: grant?.reserved, off: grant?.off ?? false };
}

function budgetOf(grant: Grant | undefined, edge: Edge): Location | undefined {
  return grant && edge.location(grant.place);
}
