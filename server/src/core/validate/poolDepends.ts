import type { Pool } from "../analysis.ts";
import { boundsOf } from "../ledger/bounds.ts";
import { overshootOf } from "../ledger/headroom.ts";
import type { Bounds } from "../ledger/ledger.ts";
import type { Draft } from "./draft.ts";
import { floorText, limitText } from "./pool.ts";
import type { Scene } from "./scene.ts";
import { budgetData, budgetPlace, claimSetting } from "./subject.ts";
import { list, num, range } from "./words.ts";

/** `value-unknown` on the budget: a pool whose verdict depends on what is not decided. */
export function* poolDepends({ pools }: Scene): Generator<Draft> {
  for (const pool of pools) {
    if (pool.ledger.verdict !== "depends" || !pool.budget) continue;
    const undecided = [...pool.claims.filter((claim) => claim.unknown !== undefined), ...pool.unseen];
    yield {
      rule: "value-unknown",
      pool,
      place: budgetPlace(pool),
      text: `${dependsText(pool)} It depends on: ${list(unique(undecided.map(({ unknown }) => unknown ?? "")), 3)}.`,
      related: undecided.map((each) =>
        "function" in each
          ? { place: claimSetting(each.function).place, message: `${each.key} claims ${orUnknown(each.claim)}.` }
          : { place: each.place, message: `${sentence(each.reason)}.` },
      ),
      data: budgetData(pool),
    };
  }
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

function orUnknown(bounds: Bounds): string {
  return bounds.min === 0 && bounds.max === undefined ? "an unknown number" : range(bounds);
}

function sentence(phrase: string): string {
  return phrase.charAt(0).toUpperCase() + phrase.slice(1);
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => text !== "");
}
