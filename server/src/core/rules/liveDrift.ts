import { accountText } from "../account/accountText.ts";
import type { Difference } from "../account/difference.ts";
import { differenceOfClaim, differenceOfGrant } from "../account/poolDifferences.ts";
import type { AccountIdentity, LiveFunction } from "../accountSnapshot.ts";
import type { OnlyBudgeted, Pool } from "../analysis.ts";
import type { Grant } from "../budgetFile/budgetFile.ts";
import { num } from "../wording/words.ts";
import { budgetData, fixDataOf, sourcesOf } from "./claimFacts.ts";
import type { FindingDraft } from "./findingDraft.ts";
import { largestFirst, reservedOf } from "./liveNames.ts";
import { grantedHere } from "./overBudget.ts";
import type { FunctionUse, RuleContext } from "./ruleContext.ts";

/** `live-drift`: on the template's value for a declared function, on the budget's entry for one that no template declares. */
export function* liveDrift({ pools, uses }: RuleContext): Generator<FindingDraft> {
  for (const use of uses) {
    if (!use.pool.live) continue;
    for (const found of use.functions) yield* ofFunction(found, use.pool.live.snapshot.identity);
  }
  for (const pool of pools) {
    if (!pool.live) continue;
    for (const only of pool.onlyBudgeted) yield* ofGrant(pool, only, pool.live.snapshot.identity);
    for (const [grant, covered] of pool.live.covered)
      yield* ofPattern(pool, grant, covered, pool.live.snapshot.identity);
  }
}

function* ofFunction({ use, declared, claim }: FunctionUse, identity: AccountIdentity): Generator<FindingDraft> {
  const difference = claim && differenceOfClaim(use.pool, claim);
  const { reserved } = declared;
  if (!claim || !difference || reserved.refused) return;
  const says = typeof reserved.value === "number" ? `reserves ${num(reserved.value)}` : "reserves nothing";
  const { live } = difference;
  yield {
    rule: "live-drift",
    use,
    who: declared.logicalId,
    place: reserved.origin === "absent" ? declared.place : reserved.place,
    text: `${says}, but ${sentences(difference, identity)}`,
    related: [...(claim.grant ? [grantedHere(claim.grant)] : []), ...sourcesOf(reserved)],
    data: { ...fixDataOf(claim, use.pool), ...(typeof live === "number" && { live }) },
  };
}

function* ofGrant(pool: Pool, only: OnlyBudgeted, identity: AccountIdentity): Generator<FindingDraft> {
  const difference = differenceOfGrant(pool, only);
  if (!difference) return;
  const { grant } = only;
  const says = grant.off ? "is declared off" : `is granted ${num(grant.reserved)}`;
  yield {
    rule: "live-drift",
    pool,
    plain: true,
    place: grant.valuePlace,
    text: `${grant.pattern} ${says}, but ${sentences(difference, identity)}`,
    data: budgetData(pool),
  };
}

/** A pattern grants at most so much to each function: less is no difference. */
function* ofPattern(
  pool: Pool,
  grant: Grant,
  covered: readonly LiveFunction[],
  identity: AccountIdentity,
): Generator<FindingDraft> {
  const more = covered.filter((live) => reservedOf(live) > grant.reserved);
  if (more.length === 0) return;
  const one = more.length === 1;
  const who = `in account ${accountText(identity)} ${largestFirst(more)}`;
  const were = one ? "It was" : "They were";
  const text = grant.off
    ? `${grant.pattern} is declared off, but ${who} ${one ? "is" : "are"} not. ${were} switched on by hand, or nothing has switched ${one ? "it" : "them"} off.`
    : `${grant.pattern} grants ${num(grant.reserved)}, but ${who} ${one ? "reserves" : "reserve"} more. ${were} set by hand, or the entry is out of date.`;
  yield { rule: "live-drift", pool, plain: true, place: grant.valuePlace, text, data: budgetData(pool) };
}

function sentences({ live, likely }: Difference, identity: AccountIdentity): string {
  return `${actually(live, accountText(identity))}. ${likely}`;
}

function actually(live: Difference["live"], account: string): string {
  if (live === "missing") return `account ${account} has no such function`;
  return `in account ${account} it reserves ${live === null ? "nothing" : num(live)}`;
}
