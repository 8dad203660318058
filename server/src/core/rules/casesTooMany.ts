import type { ClaimCases, Pool, PoolClaim } from "../analysis.ts";
import { caseName, firstFew } from "../cases/caseText.ts";
import { possibleOutcomes } from "../cases/stackCases.ts";
import { overshootOfSum } from "../ledger/headroom.ts";
import type { Bounds } from "../model.ts";
import { casesOfPool, type PoolCase, worstCombination } from "../pools/poolCases.ts";
import { sharedNames } from "../template/instance.ts";
import { range } from "../wording/values.ts";
import { list, num } from "../wording/words.ts";

/** The cases in which a pool cannot be deployed, while it can in others. */
export interface CasesTooMany {
  /** A sentence that names them, worst first. */
  readonly text: string;
  /** The claims that the sentence says all about: in each case of its parameters, each of them is one number. */
  readonly claims: ReadonlySet<PoolClaim>;
}

/** The cases that claim too many for certain; where it takes several stacks or parameters, the worst of each together. */
export function findCasesTooMany(pool: Pool): CasesTooMany | undefined {
  if (pool.ledger.verdict !== "depends" || pool.ledger.refused === "certainly") return undefined;
  if (pool.caseGroups.length === 0) return undefined;
  const cases = casesOfPool(pool);
  const over = cases.filter(({ byFiles }) => byFiles === "over").sort((a, b) => b.ofPool.min - a.ofPool.min);
  if (over.length > 0) {
    // What stacks share is one case of the pool, whichever stack it is told of.
    const named = [...new Set(over.map((one) => `${nameIn(pool, one)}: ${excess(pool, one.ofPool)}`))];
    const count = pool.caseGroups.length > 1 ? "some" : `${num(over.length)} of ${num(cases.length)}`;
    return { text: `too many in ${count} cases. ${firstFew(named, "; ")}.`, claims: claimsOfCases(pool, over) };
  }
  const worst = worstCombination(pool);
  // A choice that no parameter names can only be called unknown.
  if (overshootOfSum(pool.ledger, worst.sum) === 0 || worst.cases.length === 0) return undefined;
  const names = list(worst.cases.map((one) => nameIn(pool, one)));
  const text = `too many in some cases. ${names} together: ${excess(pool, { min: worst.sum, max: worst.sum })}.`;
  return { text, claims: claimsOfCases(pool, worst.cases) };
}

/** The claims that cases say all about: in each case of its parameters, each of them is one number. */
export function claimsOfCases({ claims }: Pool, named: readonly PoolCase[]): ReadonlySet<PoolClaim> {
  const isNamed = (claim: PoolClaim) =>
    claim.cases !== undefined &&
    isExact(claim.cases) &&
    named.some(({ stack, group }) => stack === claim.stack && group === claim.cases?.group);
  return new Set(claims.filter(isNamed));
}

/** Is the claim one number in each case? */
function isExact({ group, own }: ClaimCases): boolean {
  return possibleOutcomes(group, own).every(({ claim: { min, max } }) => min === max);
}

function nameIn({ stacks }: Pool, { stack, when }: PoolCase): string {
  const isOfPool = stacks.length === 1 || [...when.keys()].every((name) => sharedNames.has(name));
  return isOfPool ? caseName(when) : `${stack.name} with ${caseName(when)}`;
}

function excess({ ledger }: Pool, claimed: Bounds): string {
  const { min, max } = claimed;
  const over = (sum: number) => overshootOfSum(ledger, sum);
  return `${range(claimed)} claimed, ${range({ min: over(min), max: max === undefined ? undefined : over(max) })} too many`;
}
