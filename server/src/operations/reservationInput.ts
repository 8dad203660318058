import { AccountError } from "#aws";
import {
  aboveFloor,
  num as count,
  largestOfEach,
  liveClaim,
  many,
  type Plan,
  type PlanState,
  planChanges,
  type Wanted,
} from "#core";
import type { Operation } from "./operation.ts";
import { planFresh } from "./planFresh.ts";

/** What a text that is being typed leads to. An error keeps it from being taken. */
export interface Verdict {
  readonly severity: "error" | "information";
  readonly message: string;
}

/** What a number that is being typed is judged by: read a moment ago. */
export interface ReservationFacts {
  readonly state: PlanState;
  readonly floorSource: "configured" | "learned" | "estimated";
  /** What was chosen for other functions in the same go. */
  readonly chosen: readonly Wanted[];
}

/**
 * Reads what a number for these functions is judged by. Throws an `AccountError` when it cannot be read, or a function is
 * gone.
 */
export async function reservationFacts(
  operation: Pick<Operation<never, never>, "session" | "state" | "ui">,
  names: readonly string[],
  stated?: number,
): Promise<ReservationFacts> {
  const wanted = names.map((name) => ({ name, reserved: 0 }));
  const { state: found, floorSource } = await planFresh(operation, wanted, stated);
  const there = new Set(found.functions.map(({ name }) => name));
  const gone = names.find((name) => !there.has(name));
  if (gone !== undefined)
    throw new AccountError("notFound", `The account has no function ${gone} in this Region any more.`);
  return { state: found, floorSource, chosen: [] };
}

const sources = {
  configured: "stated in a budget file",
  learned: "learned from Lambda",
  estimated: "estimated",
} as const;

/** The floor with where it comes from: `floor of 100 (estimated)`. */
export function floorText({ state, floorSource }: Pick<ReservationFacts, "state" | "floorSource">): string {
  return `floor of ${count(state.floor)} (${sources[floorSource]})`;
}

/** A number from 0 on, `null` for `none`; undefined for everything else. */
export function readReservation(text: string): number | null | undefined {
  if (/^none$/i.test(text)) return null;
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/**
 * What to say while a reservation for these functions is being typed: what is left, or why it cannot be. Nothing while it is what it has: then
 * the prompt says how much fits.
 */
export function judgeReservation(text: string, names: readonly string[], facts: ReservationFacts): Verdict | undefined {
  const reserved = readReservation(text);
  if (reserved === undefined) return error("A reservation is a whole number from 0 on, or none.");
  const { state, chosen } = facts;
  const plan = planChanges(state, [...chosen, ...names.map((name) => ({ name, reserved }))]);
  const [problem] = plan.problems;
  if (problem?.short !== undefined) return error(tooMuch(names, facts));
  if (problem !== undefined) return error(problem.message);
  if (names.every((name) => plan.unchanged.includes(name))) return undefined;
  if (reserved === 0) return information(zeroText(names));
  return information(leaves(plan, facts));
}

/** The largest reservation that each of these functions can have now, their own claims given back first; undefined where the account does not say what it has left. */
export function mostFor(names: readonly string[], { state, chosen }: ReservationFacts): number | undefined {
  const { unreservedAfter } = planChanges(state, chosen);
  if (unreservedAfter === undefined) return undefined;
  const claims = new Map(state.functions.map((fn) => [fn.name, liveClaim(fn)]));
  const own = names.map((name) => claims.get(name) ?? 0);
  return largestOfEach({ unreserved: unreservedAfter, floor: state.floor }, own);
}

/** What stands below the input: what is now, and how much fits. */
export function reservationPrompt(names: readonly string[], facts: ReservationFacts): string {
  const largest = mostFor(names, facts);
  const most = largest === undefined ? undefined : count(largest);
  const [name = ""] = names;
  if (names.length > 1) {
    const bound = most === undefined ? "a number" : `at most ${most}`;
    return `A reservation for each of ${many(names.length, "function")}: ${bound}, or none.`;
  }
  const now = facts.state.functions.find((each) => each.name === name)?.reserved;
  const text = now === null ? "It has no reservation" : `It has ${now === undefined ? "an unknown one" : count(now)}`;
  return most === undefined
    ? `${text}; the account does not say what it has left, so Lambda decides what fits. A number, or none.`
    : `${text}; at most ${most} fits above the ${floorText(facts)}. A number, or none.`;
}

function tooMuch(names: readonly string[], facts: ReservationFacts): string {
  const { state, chosen } = facts;
  const most = mostFor(names, facts) ?? 0;
  const left = planChanges(state, chosen).unreservedAfter ?? 0;
  const each = names.length > 1 ? " for each" : "";
  return `At most ${count(most)}${each}: ${count(left)} are unreserved${chosen.length > 0 ? " with what was chosen before" : ""}, and Lambda keeps a ${floorText(facts)}.`;
}

function zeroText(names: readonly string[]): string {
  const [name = "", ...others] = names;
  const what = others.length > 0 ? many(names.length, "function") : name;
  return `0 switches ${what} off. The kill switch does that too, and can put back how it was: Enter offers it.`;
}

function leaves({ unreservedAfter }: Plan, facts: ReservationFacts): string {
  if (unreservedAfter === undefined)
    return "Whether it fits, Lambda decides: the account does not say what it has left.";
  const above = aboveFloor({ unreserved: unreservedAfter, floor: facts.state.floor });
  const room = above < 0 ? `${count(-above)} below` : `${count(above)} above`;
  return `Leaves ${count(unreservedAfter)} unreserved, ${room} the ${floorText(facts)}.`;
}

function error(message: string): Verdict {
  return { severity: "error", message };
}

function information(message: string): Verdict {
  return { severity: "information", message };
}
