import { isKilled } from "../account/difference.ts";
import { isLive, type LiveMatch } from "../account/matchLive.ts";
import type { Pool } from "../analysis.ts";
import type { Grant } from "../budgetFile/budgetFile.ts";
import { groupBy } from "../groupBy.ts";
import { isWildcard } from "../patterns/wildcard.ts";
import type { Wanted } from "./plan.ts";
import { compare } from "./wantedChanges.ts";

/** One function that a budget is applied to. */
export interface BudgetRow {
  /** `stack/LogicalId`, or the entry's name when no template declares the function. */
  readonly key: string;
  /** FunctionName in the account. */
  readonly name: string;
  readonly granted: number;
  /** Granted 0 on purpose. */
  readonly off: boolean;
  /** The reservation; null: none. */
  readonly live: number | null;
}

/** Something in a budget that is not applied. */
export interface NotPlanned {
  /** As in `BudgetRow`; a pattern when no declared function matches it. */
  readonly key: string;
  /** `missing`: the account has no such function. `unknown`: what the account has could not be read or told. */
  readonly kind: "missing" | "unknown" | "killed" | "outside" | "copies" | "pattern" | "contradiction";
  /** A sentence. */
  readonly message: string;
}

/** What applying a budget to its account means, before the order of the calls. */
export interface BudgetPlan {
  /** In the order of their names; also those that are already as granted. */
  readonly rows: readonly BudgetRow[];
  readonly wanted: readonly Wanted[];
  readonly notPlanned: readonly NotPlanned[];
}

/**
 * The reservations that a budget wants in its account: every function that a template of the pool declares, or that an entry names
 * exactly, gets what the budget grants it, also by a pattern. Functions that only a pattern names are left alone: a pattern says what
 * functions may reserve, not which there are. Undefined when the pool has no facts of an account.
 */
export function budgetPlan(pool: Pool): BudgetPlan | undefined {
  const { live } = pool;
  if (live === undefined) return undefined;
  const found = [
    ...pool.claims.map((claim) =>
      claim.grant ? entry(claim.key, claim.grant, claim.instances, live.functions.get(claim)) : undefined,
    ),
    ...pool.onlyBudgeted.map((only) => entry(only.grant.pattern, only.grant, only.instances, live.budgeted.get(only))),
  ].filter((one) => one !== undefined);
  const { single, contradictions } = withoutContradictions(found.filter((one) => "granted" in one));
  return {
    rows: single.sort((a, b) => compare(a.name, b.name)),
    wanted: single.map(({ name, granted }) => ({ name, reserved: granted })).sort((a, b) => compare(a.name, b.name)),
    notPlanned: [...found.filter((one) => "kind" in one), ...contradictions, ...idlePatterns(pool)],
  };
}

function entry(
  key: string,
  grant: Grant,
  instances: number,
  match: LiveMatch | undefined,
): BudgetRow | NotPlanned | undefined {
  const not = (kind: NotPlanned["kind"], why: string) => ({ key, kind, message: `${key}: ${why}` });
  if (match === undefined) return not("unknown", "the account was not read.");
  if (match === null) {
    // What is declared off and does not exist is off.
    return grant.off ? undefined : not("missing", "the account has no such function; it may not be deployed yet.");
  }
  if (instances > 1)
    return not(
      "copies",
      `it stands for ${instances} copies; list their stacks one by one to apply the budget to them.`,
    );
  if (!isLive(match)) return not("unknown", `which live function it is cannot be said: ${match.unknown}.`);
  const { name, reserved, outsidePool } = match;
  if (outsidePool !== undefined) return not("outside", `it takes nothing from the pool (${outsidePool}).`);
  if (typeof reserved === "object" && reserved !== null)
    return not("unknown", `its reservation is not known: ${reserved.unknown}.`);
  if (isKilled(match) && reserved !== grant.reserved)
    return not("killed", "it was switched off by the kill switch; restore it first.");
  return { key, name, granted: grant.reserved, off: grant.off, live: reserved };
}

/** A live function that two entries stand for is planned when they grant the same. */
function withoutContradictions(rows: readonly BudgetRow[]): { single: BudgetRow[]; contradictions: NotPlanned[] } {
  const byName = groupBy(rows, ({ name }) => name);
  const single: BudgetRow[] = [];
  const contradictions: NotPlanned[] = [];
  for (const [name, [first, ...others]] of byName) {
    if (first === undefined) continue;
    const other = others.find(({ granted }) => granted !== first.granted);
    if (other === undefined) {
      single.push(first);
      continue;
    }
    const message = `${name}: the budget grants it ${first.granted} as ${first.key} and ${other.granted} as ${other.key}.`;
    contradictions.push({ key: first.key, kind: "contradiction", message });
  }
  return { single, contradictions };
}

function idlePatterns(pool: Pool): readonly NotPlanned[] {
  const used = new Set(pool.claims.map(({ grant }) => grant));
  const grants = pool.budget?.pool.reservations ?? [];
  return grants
    .filter((grant) => isWildcard(grant.pattern) && !used.has(grant))
    .map(({ pattern }) => ({
      key: pattern,
      kind: "pattern",
      message: `${pattern}: it applies to no function that a template declares; a budget is applied to those and to functions that it names exactly.`,
    }));
}
