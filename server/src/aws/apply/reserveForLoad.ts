import { randomBytes } from "node:crypto";
import { type AccountIdentity, accountKey, valueText } from "#core";
import { isDone, type Outcome } from "../change/outcome.ts";
import { retryPolicy as byTheClock, type RetryPolicy } from "../change/retryPolicy.ts";
import { setReserved } from "../change/setReserved.ts";
import { knownKills, mayBeKilled, openTags } from "../kill/findRecords.ts";
import { readFunction } from "../reading/readFunction.ts";
import type { Session } from "../session.ts";
import { pendingApplies } from "../state/applyJournal.ts";
import { fileProblem } from "../state/atomicFile.ts";
import { openAudit } from "../state/audit.ts";
import { busyMessage, createJournal, type Journal } from "../state/killJournal.ts";
import { type LoadJournal, type LoadRecord, loadJournal } from "../state/loadJournal.ts";
import { toAccountError } from "../toAccountError.ts";
import { type AccountPlan, planAccount } from "./planAccount.ts";

/** How a reservation for a load test is set and put back. */
export interface LoadChangeOptions {
  /** State folder. */
  readonly folder: string;
  readonly floor?: number;
  readonly learnedFloor?: number;
  readonly signal?: AbortSignal;
  readonly retryPolicy?: RetryPolicy;
  /** Milliseconds since 1970. Default: the clock. */
  readonly now?: () => number;
}

/** A reservation that a load test wants for a while. */
export interface LoadReservation {
  /** From `planAccount`, with the one function. */
  readonly planned: AccountPlan;
  readonly name: string;
  readonly before: number | null;
  readonly reserved: number;
}

/** How it ended. `record`: what has to be put back; absent: nothing was changed. */
export interface LoadChange extends Outcome<number | null> {
  readonly record?: LoadRecord;
}

/** Why a load test may not have this reservation, as a sentence; undefined: it may. Throws an `AccountError` when the account or the journals cannot be read. */
export async function planLoadReservation(
  session: Session,
  name: string,
  reserved: number,
  options: LoadChangeOptions,
): Promise<LoadReservation | string> {
  const { folder, floor, learnedFloor, signal } = options;
  const open = await openLoad(loadJournal(folder), session.identity, name);
  if (open !== undefined) return open;
  const { records, broken } = await pendingApplies(folder, session.identity);
  if (records.length > 0) return "An apply to this account is unfinished: finish it or take it back first.";
  if (broken[0] !== undefined) return broken[0];
  const planned = await planAccount(session, [{ name, reserved }], {
    folder,
    ...(floor !== undefined && { floor }),
    ...(learnedFloor !== undefined && { learnedFloor }),
    ...(signal !== undefined && { signal }),
  });
  const { steps, problems } = planned.plan;
  if (problems[0] !== undefined) return problems[0].message;
  const [step, ...others] = steps;
  if (step === undefined)
    return `${name} has a reservation of ${valueText(reserved)} already: there is nothing to compare.`;
  if (step.kind !== "put" || others.length > 0)
    return `${name} has provisioned concurrency, which would have to be deleted for a moment. Reserve with set first.`;
  return { planned, name, before: step.from, reserved };
}

/** Sets the reservation where the function is still as it was planned: recorded before, read back after. Never throws. */
export async function reserveForLoad(
  session: Session,
  { name, before, reserved }: LoadReservation,
  options: LoadChangeOptions,
): Promise<LoadChange> {
  const { folder, signal, now = Date.now } = options;
  const journal = loadJournal(folder);
  const { identity } = session;
  const record: LoadRecord = {
    version: 1,
    id: randomBytes(9).toString("base64url"),
    key: accountKey(identity),
    who: identity.arn,
    at: new Date(now()).toISOString(),
    name,
    before,
    reserved,
  };
  try {
    const audit = await openAudit(folder, identity);
    try {
      await session.verify(signal);
      await journal.write(record);
      const outcome = await changeClaimed(session, record, options, { from: before, to: reserved });
      await audit.write(lineOf(record, before, reserved, outcome, now));
      if (isDone(outcome) || outcome.outcome === "unknown") return { ...outcome, record };
      // Not made, as reading back says.
      await journal.remove(record.id);
      return outcome;
    } finally {
      await audit.close();
    }
  } catch (error) {
    const { kind, message } = toAccountError(error);
    return { outcome: kind === "denied" ? "refused" : "failed", message };
  }
}

/**
 * Gives a function back what it had before a load test. What somebody changed meanwhile is not overwritten: a function that was killed
 * stays killed, and its record is kept until that kill is restored. Never throws.
 */
export async function putBackLoad(
  session: Session,
  record: LoadRecord,
  options: Omit<LoadChangeOptions, "signal">,
): Promise<Outcome<number | null>> {
  const { before, reserved } = record;
  const { folder, now = Date.now } = options;
  try {
    const audit = await openAudit(folder, session.identity);
    try {
      await session.verify();
      const outcome = await changeClaimed(session, record, options, { from: reserved, to: before });
      await audit.write(lineOf(record, reserved, before, outcome, now));
      if (!isDone(outcome) && !outcome.foreign) return outcome;
      return await closed(loadJournal(folder), record, outcome);
    } finally {
      await audit.close();
    }
  } catch (error) {
    return { outcome: "failed", message: toAccountError(error).message };
  }
}

interface ClaimedOutcome extends Outcome<number | null> {
  /** Somebody else has set the reservation, and it was no kill. */
  readonly foreign?: true;
}

const TRIES = 240;
const PAUSE = 250;

/** Changes the reservation while nobody kills or restores the function, and only where it is not killed. */
async function changeClaimed(
  session: Session,
  record: LoadRecord,
  { folder, signal, retryPolicy }: LoadChangeOptions,
  change: { readonly from: number | null; readonly to: number | null },
): Promise<ClaimedOutcome> {
  const { id, key, name } = record;
  const kills = createJournal(folder);
  let claim = await kills.claim(key, name);
  for (let tries = 1; claim === undefined && tries < TRIES && !signal?.aborted; tries++) {
    await (retryPolicy ?? byTheClock).wait(PAUSE);
    claim = await kills.claim(key, name);
  }
  if (claim === undefined) return { outcome: "failed", message: await busyMessage(kills, key, name) };
  try {
    if (!(await kills.loads.has(id)))
      return {
        outcome: "changed",
        message: `${name} was switched off meanwhile and stays off: restoring it gives it back what it had before the load test.`,
      };
    if (await isKilledNow(session, name, kills))
      return { outcome: "changed", message: `${name} was switched off meanwhile and stays off.` };
    const outcome = await setReserved(session, name, change, {
      ...(signal !== undefined && { signal }),
      ...(retryPolicy !== undefined && { retryPolicy }),
    });
    return outcome.outcome === "changed" ? { ...outcome, foreign: true } : outcome;
  } finally {
    await claim.release();
  }
}

/** Was it killed, here or elsewhere? Where that is not known, it counts as killed. */
async function isKilledNow(session: Session, name: string, kills: Journal): Promise<boolean> {
  const known = await knownKills(session, kills);
  if (known.open.some(({ record }) => record.name === name)) return true;
  const live = await readFunction(session, name);
  const tags = openTags(live, known.closed);
  const isOff = live.reserved === 0 || live.reserved === 1;
  return mayBeKilled(live, known) || (tags.kind !== "none" && isOff);
}

/** A record that stays although all is done would be put back once more, which changes nothing that is not as the test left it. */
async function closed(
  journal: LoadJournal,
  { id }: LoadRecord,
  outcome: Outcome<number | null>,
): Promise<Outcome<number | null>> {
  try {
    await journal.remove(id);
    return outcome;
  } catch (error) {
    return { ...outcome, message: `Its record could not be removed (${fileProblem(error)}).` };
  }
}

/** Why no other load test on this function may begin, as a sentence. */
async function openLoad(journal: LoadJournal, identity: AccountIdentity, name: string): Promise<string | undefined> {
  const { records, broken } = await journal.list();
  if (records.some((record) => record.key === accountKey(identity) && record.name === name))
    return `An earlier load test on ${name} was not put back: run lambda-concurrency restore ${name} first.`;
  return broken[0];
}

function lineOf(
  { id, name }: LoadRecord,
  before: number | null,
  after: number | null,
  { outcome: result, message }: Outcome<unknown>,
  now: () => number,
) {
  const time = new Date(now()).toISOString();
  const title = `load test on ${name}`;
  const what = { action: "load", id, title, function: name, field: "reserved", before, after, result } as const;
  return { time, ...what, ...(message !== undefined && { message }) };
}
