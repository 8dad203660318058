import { retryPolicy as byTheClock, type LoadChange, type LoadReservation, putBackLoad, reserveForLoad } from "#aws";
import { expectedShareOf, firstLine, type LoadRun, num, servedDifference, type Value } from "#core";
import type { LoadGenerator } from "./loadGenerator.ts";
import type { LoadOutcome, LoadReport, LoadWish, MeasuredRun } from "./loadTypes.ts";
import type { Operation } from "./operation.ts";
import { seenInEffect } from "./seenInEffect.ts";

interface Running {
  /** Ends with the claim on the function. */
  readonly generator: LoadGenerator;
  readonly measure: (label: string, reserved: Value) => Promise<MeasuredRun>;
  readonly say: (what: string) => void;
  readonly signal: AbortSignal;
}

type Compared = LoadReport & Pick<LoadOutcome, "kind">;

/** Runs that differ by more than this share are told apart from chance by running the first one again. */
const DIFFERENT = 0.1;

/**
 * Run A as it is, the reservation, run B, and back. The record is on disk before the first call; the put-back follows
 * every end, also an interrupted one, and nothing else is done in between.
 */
export async function compareReservation(
  { session, state }: Pick<Operation<never, never>, "session" | "state">,
  wish: LoadWish,
  planned: LoadReservation,
  { generator, measure, say, signal }: Running,
): Promise<Compared> {
  const { name, again, repeat = 1 } = wish;
  const { before, reserved } = planned;
  const { folder, retryPolicy, now } = state;
  const changing = { folder, ...(retryPolicy !== undefined && { retryPolicy }), ...(now !== undefined && { now }) };
  const wait = (retryPolicy ?? byTheClock).wait;
  const as: MeasuredRun[] = [];
  while (as.length < repeat) {
    as.push(await measure(labelOf("A", as.length), before));
    if (as.at(-1)?.run.interrupted) return interrupted(as);
  }
  say(`Reserving ${num(reserved)} for ${name}`);
  const set = await reserveForLoad(session, planned, { ...changing, signal });
  if (set.record === undefined)
    return { kind: signal.aborted ? "interrupted" : "failed", runs: as, restored: true, says: notReserved(set) };
  const bs: MeasuredRun[] = [];
  let seen = false;
  let mistake: unknown;
  try {
    say("Waiting until the reservation is in effect");
    seen = await seenInEffect(generator, { from: before, to: reserved }, wait, signal);
    while (!signal.aborted && bs.length < repeat) bs.push(await measure(labelOf("B", bs.length), reserved));
  } catch (error) {
    mistake = error;
  }
  say(`Putting back the reservation of ${name}`);
  const back = await putBackLoad(session, set.record, changing);
  if (mistake !== undefined) throw mistake;
  const [a] = as;
  const [b] = bs;
  const expected = b === undefined ? undefined : expectedShareOf(reserved, b.run);
  const difference = servedDifference(as.map(runOf), bs.filter(({ run }) => !run.interrupted).map(runOf));
  const runs = [...as, ...bs];
  const report = {
    runs,
    ...(difference !== undefined && { difference }),
    seenInEffect: seen,
    ...(expected !== undefined && { expected: { throttledShare: expected } }),
  };
  if (back.outcome !== "done" && back.outcome !== "already")
    return { kind: "failed", ...report, restored: false, says: notPutBack(name, before, back.message) };
  if (signal.aborted || a === undefined || b === undefined || bs.some(({ run }) => run.interrupted))
    return { kind: "interrupted", ...report, restored: true, says: "Interrupted. The reservation is as it was." };
  if (again ?? differ(a.run, b.run)) {
    await seenInEffect(generator, { from: reserved, to: before }, wait, signal);
    runs.push(await measure("A again", before));
  }
  const kind = signal.aborted ? "interrupted" : "measured";
  return { kind, ...report, restored: true, says: `With a reservation of ${num(reserved)}: ${firstLine(b.run)}` };
}

/** `A`, `A 2`, `A 3`. */
function labelOf(label: string, index: number): string {
  return index === 0 ? label : `${label} ${index + 1}`;
}

function runOf({ run }: MeasuredRun): LoadRun {
  return run;
}

function interrupted(runs: readonly MeasuredRun[]): Compared {
  return { kind: "interrupted", runs, restored: true, says: "Interrupted before anything was changed." };
}

function differ(a: LoadRun, b: LoadRun): boolean {
  const most = Math.max(a.servedPerSecond, b.servedPerSecond);
  const served = most === 0 ? 0 : Math.abs(a.servedPerSecond - b.servedPerSecond) / most;
  return served > DIFFERENT || Math.abs(a.throttledShare - b.throttledShare) > DIFFERENT;
}

function notReserved({ message = "" }: LoadChange): string {
  return `The reservation was not set: ${message} The account is as it was.`;
}

function notPutBack(name: string, before: number | null, message = ""): string {
  const was = before === null ? "none" : num(before);
  return `The reservation of ${name} was not put back (before: ${was}). ${message} To finish: lambda-concurrency restore ${name}`;
}
