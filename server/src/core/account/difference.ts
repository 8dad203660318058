import type { LiveFunction } from "../accountSnapshot.ts";
import type { Unknown, Value } from "../model.ts";
import { isLive, type LiveMatch } from "./matchLive.ts";

/** What budget, template and account say about one function. */
export interface Sides {
  /** What the budget grants: at most so much; undefined when it grants nothing. 0 with `off`. */
  readonly granted: number | undefined;
  /** The budget declares it off. */
  readonly off: boolean;
  /** The reservation in the template; undefined when no template declares the function. */
  readonly declared: Value | undefined;
  readonly live: LiveMatch;
}

/** A disagreement with its likely cause. */
export interface Difference {
  /** What the account has. */
  readonly live: number | null | "missing";
  /** A sentence or two: the likely cause, and what to do where that is not plain. */
  readonly likely: string;
}

/** What the account has otherwise than template and budget say; undefined when they agree, or when one of the numbers is unknown. */
export function differenceOf(sides: Sides): Difference | undefined {
  const { declared } = sides;
  const live = decided(sides.live);
  if (live === undefined || isUnknown(declared)) return undefined;
  if (declared === undefined) return againstBudget(sides, live);
  const likely = againstTemplate(sides, declared, live);
  return likely === undefined ? undefined : { live: reservationOf(live), likely };
}

/** Does the function carry the record of a kill? */
export function isKilled({ killTags }: LiveFunction): boolean {
  return Object.keys(killTags ?? {}).some((tag) => tag.startsWith("lambda-concurrency:kill:"));
}

/** null: the account has no such function. */
type Decided = { readonly reserved: number | null; readonly killed: boolean } | null;

function decided(live: LiveMatch): Decided | undefined {
  if (!isLive(live)) return live === null ? null : undefined;
  return isUnknown(live.reserved) ? undefined : { reserved: live.reserved, killed: isKilled(live) };
}

function isUnknown(value: Value | undefined): value is Unknown {
  return typeof value === "object" && value !== null;
}

function reservationOf(live: Decided): Difference["live"] {
  return live === null ? "missing" : live.reserved;
}

const killed = "Switched off with the kill switch. Restore it when the incident is over.";

function againstTemplate({ granted, off }: Sides, declared: number | null, live: Decided): string | undefined {
  if (live === null) {
    return declared === null ? undefined : "It is not deployed yet, or deployed under another name.";
  }
  const { reserved } = live;
  if (reserved === declared) return undefined;
  // A kill leaves 0, or 1 where asynchronous events are to stay queued.
  if (live.killed && reserved !== null && reserved <= 1) return killed;
  if (reserved === 0) {
    return off
      ? "The budget declares it off: the template is behind, and a deployment of it may switch the function on."
      : "It was switched off by hand.";
  }
  if (declared === 0) return "The template switches it off: that is not deployed yet, or it was switched on by hand.";
  if (granted !== undefined && granted === reserved) {
    return "The account has what the budget grants: the template is not deployed yet, or was not brought up to date.";
  }
  if (reserved === null) return "The reservation is not deployed yet, or was removed by hand.";
  if (declared === null) return "It was set by hand, or the template without the reservation is not deployed yet.";
  return granted === declared
    ? "Not deployed yet, or changed by hand; the budget says the same as the template."
    : "Not deployed yet, or changed by hand.";
}

function againstBudget({ granted, off }: Sides, live: Decided): Difference | undefined {
  if (granted === undefined) return undefined;
  const differs = (likely: string) => ({ live: reservationOf(live), likely });
  if (live === null) return off ? undefined : differs("It is not deployed yet, or the entry is out of date.");
  const { reserved } = live;
  if (reserved === granted) return undefined;
  if (live.killed && reserved !== null && reserved <= 1) return differs(killed);
  if (off) return differs("It runs: nothing has switched it off, or it was switched on by hand.");
  if (reserved === 0) return differs("It was switched off by hand.");
  if (reserved === null) return differs("Nothing has set the reservation yet, or it was removed by hand.");
  return reserved > granted
    ? differs("It was set by hand to more than the budget grants.")
    : differs("Nothing has raised it to what is granted, or it was lowered by hand.");
}
