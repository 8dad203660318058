import {
  type AccountIdentity,
  type AccountSnapshot,
  accountKey,
  isAllReserved,
  type KillRecord,
  type LiveFunction,
  owedTo,
  type ReadingState,
} from "#core";
import { NOT_READ, withoutClosed } from "./liveFunction.ts";
import type { Problems } from "./problems.ts";
import type { NoTotals, Totals } from "./totals.ts";

/** How long details and use of an earlier snapshot still count, in milliseconds. */
const FRESH = 5 * 60_000;

/** What a reading has found so far. */
export interface Collected {
  /** Adds functions that were listed; those known already stay as they are. Gives the new ones. */
  list(functions: readonly LiveFunction[]): readonly LiveFunction[];
  put(found: LiveFunction): void;
  remove(name: string): void;
  has(name: string): boolean;
  readonly functions: Iterable<LiveFunction>;
  /** Reservations that nobody has read, and nobody will, get this reason. */
  giveUp(reason: string): void;
  readonly allKnown: boolean;
  /** Did the account name any function, as opposed to those that were asked for by name? */
  readonly anyListed: boolean;
  snapshot(state: ReadingState["state"]): AccountSnapshot;
}

/** What a snapshot has beside its functions and totals. */
export interface CollectedOptions {
  readonly previous?: AccountSnapshot;
  readonly learnedFloor?: number;
  readonly killed?: readonly KillRecord[];
  readonly closedKills?: ReadonlySet<string>;
  readonly now: () => number;
}

/**
 * An empty collection. A reservation is always of this reading, never of `previous`, so that no snapshot mixes ages; `previous` only lends
 * details and use that are at most five minutes old (both carry their own times), details only while the reservation is the same.
 */
export function collect(
  identity: AccountIdentity,
  totals: Totals | NoTotals,
  problems: Problems,
  options: CollectedOptions,
): Collected {
  const byName = new Map<string, LiveFunction>();
  let anyListed = false;
  const { now } = options;
  const previous =
    options.previous && accountKey(options.previous.identity) === accountKey(identity) ? options.previous : undefined;
  const before = new Map(previous?.functions.map((entry) => [entry.arn, entry]));
  const learnedFloor = options.learnedFloor ?? previous?.learnedFloor;
  const usage = previous?.usage && isFresh(previous.usage.until, now()) ? previous.usage : undefined;

  const killed = new Map(options.killed?.map((record) => [record.arn, record]));

  /** Where a kill left no tags, this machine's own record says what a restore will take. */
  const withOwn = (found: LiveFunction): LiveFunction => {
    const record = killed.get(found.arn);
    const isOff = record !== undefined && found.killTags === undefined && found.reserved === record.killedTo;
    return isOff ? { ...found, owed: owedTo(record.before, record.killedTo) } : found;
  };

  const lend = (listed: LiveFunction): LiveFunction => {
    const found = withOwn(withoutClosed(listed, options.closedKills));
    const old = before.get(found.arn);
    if (old === undefined) return found;
    const same = typeof found.reserved === typeof old.reserved && found.reserved === old.reserved;
    return {
      ...found,
      ...(old.details && same && isFresh(old.details.readAt, now()) ? { details: old.details } : {}),
      ...(old.usage && isFresh(old.usage.until, now()) ? { usage: old.usage } : {}),
    };
  };

  const isKnown = ({ reserved }: LiveFunction) => typeof reserved === "number" || reserved === null;
  return {
    list(functions) {
      anyListed ||= functions.length > 0;
      const added = functions.filter(({ name }) => !byName.has(name));
      for (const entry of added) byName.set(entry.name, lend(entry));
      return added;
    },
    put(found) {
      byName.set(found.name, lend(found));
    },
    has(name) {
      return byName.has(name);
    },
    remove(name) {
      byName.delete(name);
    },
    get functions() {
      return byName.values();
    },
    giveUp(unknown) {
      for (const entry of byName.values())
        if (entry.reserved !== null && typeof entry.reserved === "object" && entry.reserved.unknown === NOT_READ)
          byName.set(entry.name, { ...entry, reserved: { unknown } });
    },
    get anyListed() {
      return anyListed;
    },
    get allKnown() {
      return [...byName.values()].every(isKnown);
    },
    snapshot(state) {
      const functions = [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
      const known = functions.filter(isKnown).length;
      return {
        version: 1,
        identity,
        ...("why" in totals ? { readAt: totals.readAt, functionCount: functions.length } : totals),
        ...(learnedFloor === undefined ? {} : { learnedFloor }),
        reading: {
          state,
          known,
          listed: functions.length,
          ...(state !== "complete" && isAccounted(totals, functions) ? { accounted: true } : {}),
        },
        functions,
        ...(usage === undefined ? {} : { usage }),
        problems: problems.list,
      };
    },
  };
}

function isFresh(time: string, now: number): boolean {
  return now - Date.parse(time) <= FRESH;
}

/**
 * Do the reservations alone come to all that is reserved? Whether provisioned concurrency counts in what is unreserved is not recorded, so where a function
 * is known to have it without a reservation nothing is said.
 */
function isAccounted(totals: Totals | NoTotals, functions: readonly LiveFunction[]): boolean {
  if ("why" in totals) return false;
  const counted = functions.filter(({ outsidePool }) => outsidePool === undefined);
  if (counted.some(({ reserved, details }) => reserved === null && (details?.provisioned.length ?? 0) > 0))
    return false;
  return isAllReserved(
    totals,
    counted.map(({ reserved }) => reserved),
  );
}
