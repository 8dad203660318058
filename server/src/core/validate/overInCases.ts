import type { ClaimCases, Pool, PoolClaim } from "../analysis.ts";
import { caseName, firstFew } from "../cases/caseText.ts";
import { type CaseGroup, possibleOutcomes } from "../cases/stackCases.ts";
import { overshootOfSum } from "../ledger/headroom.ts";
import type { Bounds } from "../model.ts";
import { casesOfPool, type PoolCase, worstCombination } from "../pools/poolCases.ts";
import { list, num, range } from "../words.ts";
import type { Draft } from "./draft.ts";
import { floorText, limitText, lowerOrRaise, stateTheLimit } from "./pool.ts";
import type { Scene } from "./scene.ts";
import { onEachFile } from "./summands.ts";

/** `pool-overcommitted` as a warning: the pool cannot be deployed in some cases of what is not decided. */
export function* overInCases({ pools }: Scene): Generator<Draft> {
  for (const pool of pools) {
    const found = casesTooMany(pool);
    if (!found) continue;
    const kept = `${num(pool.floor)} of ${limitText(pool)} must stay unreserved (${floorText(pool)}).`;
    const advice = pool.limitSource === "assumed" ? stateTheLimit : lowerOrRaise(pool);
    const text = [`${found.text} ${kept}`, advice] as const;
    yield* onEachFile(pool, { rule: "pool-overcommitted", severity: "warning", text });
  }
}

/** The claims that the finding says all about: in each case that it names, each of them is one number. */
export function claimsNamed(pool: Pool): ReadonlySet<PoolClaim> {
  const { groups } = casesTooMany(pool) ?? {};
  return new Set(pool.claims.filter((claim) => claim.cases && groups?.has(claim.cases.group) && isExact(claim.cases)));
}

interface TooMany {
  readonly text: string;
  /** The parameters that the named cases are of. */
  readonly groups: ReadonlySet<CaseGroup>;
}

/** The cases that claim too many for certain, worst first; where it takes several stacks or parameters, their worst together. */
function casesTooMany(pool: Pool): TooMany | undefined {
  if (pool.ledger.verdict !== "depends" || pool.ledger.refused === "certainly") return undefined;
  if (pool.caseGroups.length === 0) return undefined;
  const cases = casesOfPool(pool);
  const over = cases.filter(({ verdict }) => verdict === "over").sort((a, b) => b.ofPool.min - a.ofPool.min);
  if (over.length > 0) {
    const named = over.map((one) => `${nameIn(pool, one)} claims ${excess(pool, one.ofPool)}`);
    const groups = new Set(over.map(({ group }) => group));
    const count = pool.caseGroups.length > 1 ? "some" : `${num(over.length)} of ${num(cases.length)}`;
    return { text: `Too many in ${count} cases: ${firstFew(named, "; ")}.`, groups };
  }
  const worst = worstCombination(pool);
  if (overshootOfSum(pool.ledger, worst.sum) === 0) return undefined;
  const names = list(worst.cases.map((one) => nameIn(pool, one)));
  const text = `Too many in some cases: ${names} together claim ${excess(pool, { min: worst.sum, max: worst.sum })}.`;
  return { text, groups: new Set(worst.cases.map(({ group }) => group)) };
}

function nameIn({ stacks }: Pool, { stack, when }: PoolCase): string {
  return stacks.length > 1 ? `${stack.name} with ${caseName(when)}` : caseName(when);
}

function excess({ ledger }: Pool, claimed: Bounds): string {
  const { min, max } = claimed;
  const over = (sum: number) => overshootOfSum(ledger, sum);
  return `${range(claimed)}, ${range({ min: over(min), max: max === undefined ? undefined : over(max) })} too many`;
}

/** Is the claim one number in each case? */
function isExact({ group, own }: ClaimCases): boolean {
  return possibleOutcomes(group, own).every(({ claim: { min, max } }) => min === max);
}
