import { accountText } from "../account/accountText.ts";
import { isKilled } from "../account/difference.ts";
import { isLive } from "../account/matchLive.ts";
import type { LiveFunction } from "../account/snapshot.ts";
import type { Pool, PoolLive } from "../analysis.ts";
import type { Unknown, Value } from "../model.ts";
import type { Draft } from "./draft.ts";
import { poolPlace } from "./liveLimit.ts";
import { largestFirst, MAX_NAMED, reservedOf } from "./liveNames.ts";
import { floorText } from "./pool.ts";
import type { Scene } from "./scene.ts";
import { budgetData } from "./subject.ts";
import { list, many, num } from "./words.ts";

/**
 * `live-drift` on a pool: live reservations that nothing in it stands for, once for those of its own stacks, once for all others, once for those
 * at 0; and whether the account has room for what is declared.
 */
export function* leftOver({ pools }: Scene): Generator<Draft> {
  for (const pool of pools) {
    const { live } = pool;
    const place = live && poolPlace(pool);
    if (!place) continue;
    const common = { rule: "live-drift", pool, place, data: budgetData(pool) } as const;
    const whole = live.snapshot.reading.state === "complete";
    if (whole && live.removed.length > 0) yield { ...common, text: removedText(live.removed, live) };
    const others = whole ? othersOf(pool, live, pools) : [];
    const reserving = others.filter((each) => reservedOf(each) > 0);
    const off = others.filter((each) => reservedOf(each) === 0);
    const text = reserving.length > 0 ? reservingText(reserving, live) : undefined;
    const short = shortOnceDeployed(pool, live);
    // Where the declared claims alone are too many, that is what is said.
    if (short > 0 && pool.ledger.verdict !== "over") {
      yield {
        ...common,
        severity: "warning",
        text: text ? text + shortText(short, pool) : noRoomText(short, pool, live),
      };
    } else if (text) {
      yield { ...common, text };
    }
    if (off.length > 0) yield { ...common, text: offText(off, live) };
  }
}

function removedText(removed: readonly LiveFunction[], live: PoolLive): string {
  const them = removed.length === 1 ? "it" : "them";
  return `the template does not declare ${largestFirst(removed)} any more, but account ${accountText(live.snapshot.identity)} still has ${them}. Deploy the template, or delete ${them}.`;
}

function reservingText(others: readonly LiveFunction[], { snapshot }: PoolLive): string {
  const [reserves, stands] = others.length === 1 ? ["reserves", "it"] : ["reserve", "them"];
  return `in account ${accountText(snapshot.identity)}, ${many(others.length, "more function")} ${reserves} ${num(sumOf(others))} that neither a template nor an entry of this budget stands for: ${largestFirst(others)}. Add ${stands} under reservations, or remove what ${stands === "it" ? "it reserves" : "they reserve"}.`;
}

function shortText(short: number, pool: Pool): string {
  return ` With that, not everything declared here can be deployed: it is ${num(short)} more than leaves ${num(pool.floor)} unreserved (${floorText(pool)}).`;
}

/** What takes the room may be known: functions that a pattern stands for, other stacks, provisioned concurrency. */
function noRoomText(short: number, pool: Pool, { snapshot }: PoolLive): string {
  const left = snapshot.unreserved;
  return `account ${accountText(snapshot.identity)} has ${num(left)} unreserved, and what is declared here takes ${num(short + left - pool.floor)} more than it holds there now: ${num(short)} too many, because ${num(pool.floor)} must stay unreserved (${floorText(pool)}). Lower reservations here by that much, or free it in the account first.`;
}

/** A 0 that nobody declares is often left over from an incident. */
function offText(off: readonly LiveFunction[], { snapshot }: PoolLive): string {
  const names = list(
    off.map((each) => `${each.name}${isKilled(each) ? " (killed)" : ""}`),
    MAX_NAMED,
  );
  const [reserves, runs, it] = off.length === 1 ? ["reserves", "runs", "it"] : ["reserve", "run", "them"];
  return `in account ${accountText(snapshot.identity)}, ${names} ${reserves} 0 and never ${runs}, but no entry of this budget declares ${it} off. Declare ${it} off if that is meant, or restore ${it}.`;
}

/**
 * Only a budget claims to know the whole pool, and only where every one of its functions was found or is certainly missing. Several budgets may
 * share an account: what one of them knows is no stranger to the others.
 */
function othersOf(pool: Pool, live: PoolLive, pools: readonly Pool[]): readonly LiveFunction[] {
  if (!pool.budget || pool.unseen.length > 0 || pool.missingStacks.length > 0) return [];
  if (pool.budget.pool.unread !== undefined) return [];
  const decided = [...live.functions.values(), ...live.budgeted.values()].every(
    (match) => match === null || isLive(match),
  );
  if (!decided) return [];
  const removed = new Set(live.removed);
  const neighbours = pools.flatMap((other) =>
    other !== pool && other.budget && other.live?.snapshot === live.snapshot ? [new Set(other.live.unclaimed)] : [],
  );
  return live.unclaimed.filter((each) => !removed.has(each) && neighbours.every((unclaimed) => unclaimed.has(each)));
}

/**
 * How much less than the floor is left in the account once every declared reservation is deployed; 0 when enough is, when that is not decided, and
 * when the deployment takes nothing: Lambda refuses only what takes more.
 */
function shortOnceDeployed({ floor }: Pool, { snapshot, functions }: PoolLive): number {
  let more = 0;
  for (const [{ function: declared, claim, instances }, match] of functions) {
    const now = isLive(match) ? match.reserved : match;
    const then = declared.reserved.value;
    if (isUnknown(now) || isUnknown(then) || claim.min !== claim.max || instances > 1) return 0;
    if (then !== null) more += then - (now ?? 0);
  }
  return more > 0 ? Math.max(0, floor - (snapshot.unreserved - more)) : 0;
}

function isUnknown(value: Value): value is Unknown {
  return typeof value === "object" && value !== null;
}

function sumOf(functions: readonly LiveFunction[]): number {
  return functions.reduce((sum, each) => sum + reservedOf(each), 0);
}
