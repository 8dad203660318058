import type { Pool, PoolClaim } from "../analysis.ts";
import { boundsOf } from "../ledger/bounds.ts";
import { overshootOf } from "../ledger/headroom.ts";
import type { Related } from "../model.ts";
import { whyMissing } from "../pools/leftOut.ts";
import { range } from "../wording/values.ts";
import { list, num } from "../wording/words.ts";
import { budgetData, budgetPlace, claimSetting } from "./claimFacts.ts";
import type { FindingDraft } from "./findingDraft.ts";
import { floorText, limitText } from "./poolText.ts";
import type { RuleContext } from "./ruleContext.ts";

/** `value-unknown` on the budget: a pool whose verdict depends on what is not decided. */
export function* poolDepends({ pools, casesTooMany }: RuleContext): Generator<FindingDraft> {
  for (const pool of pools) {
    // What cannot be deployed whatever the unknown values are has its own finding.
    if (pool.ledger.verdict !== "depends" || !pool.budget || pool.ledger.refused === "certainly") continue;
    const undecided = undecidedParts(pool, casesTooMany.get(pool)?.claims);
    // Where nothing else is open, `stack-not-found` or `budget-invalid` has said it.
    const said = pool.missingStacks.length + pool.unread.length;
    if (undecided.length === said) continue;
    yield {
      rule: "value-unknown",
      pool,
      place: budgetPlace(pool),
      text: `${dependsText(pool)} It depends on: ${list(unique(undecided.map(({ reason }) => reason)), 3)}.`,
      related: undecided.map(({ place, message }) => ({ place, message })),
      data: budgetData(pool),
    };
  }
}

/** What is not decided in a pool, with the reason. */
function undecidedParts(
  { claims, unseen, onlyBudgeted, missingStacks, unread, budget }: Pool,
  named: ReadonlySet<PoolClaim> | undefined,
): (Related & { readonly reason: string })[] {
  const parts: (Related & { readonly reason: string })[] = [];
  for (const one of claims) {
    const { unknown: reason, function: declared, key, claim } = one;
    // `pool-overcommitted` names the cases.
    if (reason === undefined || named?.has(one)) continue;
    parts.push({ reason, place: claimSetting(declared).place, message: `${key} claims ${range(claim)}.` });
  }
  for (const { reason, place } of unseen) parts.push({ reason, place, message: `${sentence(reason)}.` });
  for (const { unknown: reason, grant } of onlyBudgeted) {
    if (reason !== undefined) parts.push({ reason, place: grant.valuePlace, message: `${sentence(reason)}.` });
  }
  for (const missing of missingStacks) {
    const reason = whyMissing(missing);
    parts.push({ reason, place: missing.entry.template.place, message: `${sentence(reason)}.` });
  }
  for (const reason of unread) {
    if (budget) parts.push({ reason, place: budget.pool.place, message: `${sentence(reason)}.` });
  }
  return parts;
}

/** Worst case, best case, and how far each is from the floor. */
function dependsText(pool: Pool): string {
  const { claimedBounds: claimed, headroom } = pool.ledger;
  const over = boundsOf(overshootOf(pool.ledger));
  const worst =
    over.max === undefined ? "in the worst case nothing bounds it" : `in the worst case ${num(over.max)} too many`;
  const best = `in the best case ${num(boundsOf(headroom).max ?? 0)} to spare`;
  return `${range(claimed)} of ${limitText(pool)} claimed; ${num(pool.floor)} must stay unreserved (${floorText(pool)}): ${worst}, ${best}.`;
}

function sentence(phrase: string): string {
  return phrase.charAt(0).toUpperCase() + phrase.slice(1);
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}
