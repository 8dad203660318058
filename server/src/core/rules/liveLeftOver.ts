import { accountText } from "../account/accountText.ts";
import { isKilled } from "../account/difference.ts";
import { isLive } from "../account/matchLive.ts";
import type { LiveFunction } from "../accountSnapshot.ts";
import type { Pool, PoolLive } from "../analysis.ts";
import { list, many, num } from "../wording/words.ts";
import { budgetData } from "./claimFacts.ts";
import type { FindingDraft } from "./findingDraft.ts";
import { poolPlace } from "./liveLimitDiffers.ts";
import { largestFirst, MAX_NAMED, reservedOf } from "./liveNames.ts";
import type { RuleContext } from "./ruleContext.ts";

/**
 * `live-drift` on a pool: live reservations that nothing in it stands for, once for those of its own stacks, once for all others, once for those
 * at 0.
 */
export function* leftOver({ pools, strangers }: RuleContext): Generator<FindingDraft> {
  for (const pool of pools) {
    const { live } = pool;
    const place = live && poolPlace(pool);
    if (!place) continue;
    const common = { rule: "live-drift", pool, place, data: budgetData(pool) } as const;
    const whole = live.snapshot.reading.state === "complete";
    if (whole && live.removed.length > 0) yield { ...common, text: removedText(live.removed, live) };
    const others = whole ? othersOf(pool, live, strangers) : [];
    const reserving = others.filter((each) => reservedOf(each) > 0);
    const off = others.filter((each) => reservedOf(each) === 0);
    if (reserving.length > 0) yield { ...common, text: reservingText(reserving, live) };
    if (off.length > 0) yield { ...common, text: offText(off, live) };
  }
}

function removedText(removed: readonly LiveFunction[], live: PoolLive): string {
  const them = removed.length === 1 ? "it" : "them";
  return `the template does not declare ${largestFirst(removed)} any more, but account ${accountText(live.snapshot.identity)} still has ${them}. Deploy the template, or delete ${them}.`;
}

function reservingText(others: readonly LiveFunction[], { snapshot }: PoolLive): string {
  const [reserves, stands] = others.length === 1 ? ["reserves", "it"] : ["reserve", "them"];
  return `in account ${accountText(snapshot.identity)}, ${many(others.length, "more function")} ${reserves} ${num(sumOf(others))} that no template and no budget lists: ${largestFirst(others)}. Add ${stands} under reservations, or remove what ${stands === "it" ? "it reserves" : "they reserve"}.`;
}

/** A 0 that nobody declares is often left over from an incident. */
function offText(off: readonly LiveFunction[], { snapshot }: PoolLive): string {
  const names = list(
    off.map((each) => `${each.name}${isKilled(each) ? " (killed)" : ""}`),
    MAX_NAMED,
  );
  const [reserves, runs, it] = off.length === 1 ? ["reserves", "runs", "it"] : ["reserve", "run", "them"];
  return `in account ${accountText(snapshot.identity)}, ${names} ${reserves} 0 and never ${runs}, but no entry of this budget declares ${it} off. If intended, set ${it} to off; else restore ${it}.`;
}

/**
 * Only a budget claims to know the whole pool, and only where every one of its functions was found or is certainly missing. Several budgets may
 * share an account: what one of them knows is no stranger to the others.
 */
function othersOf(pool: Pool, live: PoolLive, strangers: RuleContext["strangers"]): readonly LiveFunction[] {
  if (!pool.budget || pool.unseen.length > 0 || pool.missingStacks.length > 0) return [];
  if (pool.unread.length > 0) return [];
  const decided = [...live.functions.values(), ...live.budgeted.values()].every(
    (match) => match === null || isLive(match),
  );
  if (!decided) return [];
  const removed = new Set(live.removed);
  const unplanned = strangers.get(live.snapshot)?.unplanned;
  return live.unclaimed.filter((each) => !removed.has(each) && unplanned?.has(each));
}

function sumOf(functions: readonly LiveFunction[]): number {
  return functions.reduce((sum, each) => sum + reservedOf(each), 0);
}
