import type { LoadFacts, LoadReservation } from "#aws";
import {
  concurrencyOf,
  type LoadShape,
  many,
  measuredTime,
  mostUnreservedLoad,
  num,
  requestsOf,
  shapeText,
  valueText,
} from "#core";
import type { LoadWish } from "./loadTypes.ts";

const LONGEST_PAYLOAD = 1000;

/** What will be sent, and to what, a line each. */
export function loadLines(wish: LoadWish, facts: LoadFacts): readonly string[] {
  const { target, shape, timeout, payload } = wish;
  return [
    `${target}: ${shapeText(shape)}; a request is given up after ${num(timeout / 1000)} s.`,
    payload === undefined
      ? "Nothing is sent with a request."
      : `Sent with each request, from ${payload.file}: ${shortened(payload.text)}`,
    reservationLine(facts),
    ...costLine(shape, facts, runsOf(wish)),
  ];
}

/** Runs at most. */
function runsOf({ reserve, repeat = 1, again }: LoadWish): number {
  return reserve === undefined ? 1 : 2 * repeat + (again === false ? 0 : 1);
}

function shortened(text: string): string {
  const line = text.trim();
  return line.length > LONGEST_PAYLOAD ? `${line.slice(0, LONGEST_PAYLOAD)}… (${num(line.length)} characters)` : line;
}

function reservationLine({ function: { name, reserved }, unreserved, unreservedPeak }: LoadFacts): string {
  if (typeof reserved === "number")
    return `${name} has a reservation of ${num(reserved)}: no other function is affected.`;
  const pool = unreserved === undefined ? "" : ` of ${num(unreserved)}`;
  const use = unreservedPeak === undefined ? "" : `, ${num(unreservedPeak)} of it in use at most in the last hour`;
  const has = reserved === null ? "has no reservation" : `has a reservation of ${valueText(reserved)}`;
  return `${name} ${has} and shares the unreserved concurrency${pool} with the others${use}.`;
}

/** The most that it can cost; absent where the account does not say memory and timeout. */
function costLine(
  shape: LoadShape,
  { function: { memory, timeout }, averageDuration }: LoadFacts,
  runs: number,
): readonly string[] {
  if (memory === undefined || timeout === undefined) return [];
  const requests = requestsOf(shape) * runs;
  const most = Math.ceil((requests * timeout * memory) / 1024);
  const likely = averageDuration === undefined ? 0 : Math.ceil((requests * averageDuration * memory) / 1024 / 1000);
  const expected =
    averageDuration === undefined
      ? ""
      : ` At the ${measuredTime(averageDuration)} that an invocation took in the last hour it is ${num(likely)} where all are served.`;
  return [
    `${runs === 1 ? "Costs" : `All ${num(runs)} runs cost`} at most ${many(requests, "invocation")} and ${num(most)} GB-seconds: ${num(memory)} MB, and ${num(timeout)} s until Lambda ends one.${expected}`,
  ];
}

/** Why this load would starve other functions, as a sentence; undefined: it would not. */
export function whyTooMuch(shape: LoadShape, facts: LoadFacts): string | undefined {
  const { function: subject, unreserved, unreservedPeak, averageDuration } = facts;
  // A reservation takes nothing from the others, and neither does a function outside the pool.
  if (typeof subject.reserved === "number" || subject.outsidePool !== undefined) return undefined;
  const { name } = subject;
  if (unreserved === undefined)
    return `${name} has no reservation, and the account does not say how much is unreserved. Reserve for it first.`;
  const seconds = averageDuration === undefined ? (subject.timeout ?? 900) : averageDuration / 1000;
  const wanted = concurrencyOf(shape, seconds);
  const most = mostUnreservedLoad({ unreserved, ...(unreservedPeak !== undefined && { peak: unreservedPeak }) });
  if (wanted <= most) return undefined;
  const use =
    unreservedPeak === undefined
      ? `how much of the ${num(unreserved)} unreserved is in use is not known`
      : `of the ${num(unreserved)} unreserved up to ${num(unreservedPeak)} were in use in the last hour`;
  const limit =
    shape.kind === "closed" ? `Use at most ${many(most, "worker")}` : `Keep rate × duration at or below ${num(most)}`;
  return `Too much for a function without a reservation: it may take ${num(wanted)} at once and starve the others (${use}). ${limit}, or reserve for ${name} first.`;
}

/** What a comparison changes for a while, a line each. */
export function reserveLines({ name, before, reserved }: LoadReservation): readonly string[] {
  const was = before === null ? "none" : num(before);
  return [
    `${name}: ${was} → ${num(reserved)} for the second run, then back to ${was}; where it fails, restore ${name} puts it back.`,
  ];
}
