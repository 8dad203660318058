import { type AccountSnapshot, accountKey } from "#core";
import type { AccountMemory, AccountPorts } from "./accountPorts.ts";
import type { Connection } from "./connection.ts";

/** How an account is read. */
export interface Reading {
  readonly signal: AbortSignal;
  /** By the clock: only the result is shown, so that the list is not emptied and filled again under the user's eyes. */
  readonly quiet: boolean;
  /** Functions on screen, the most important first. */
  readonly shown: readonly string[];
  /** Does anybody still want it? What is found out afterwards is not shown. */
  readonly isCurrent: () => boolean;
  /** What was kept of this account before it is read for the first time. */
  readonly onKept: (last: AccountSnapshot) => void;
  /** How far the reading has come. */
  readonly onProgress: () => void;
}

/** Reads totals and functions into the connection, and keeps the result unless it was cut off. Throws what `readSnapshot` throws. */
export async function readAccount(
  connection: Connection,
  { memory, host, warn, first }: Pick<AccountPorts, "memory" | "host" | "warn" | "first">,
  reading: Reading,
): Promise<void> {
  const { aws, session, choice } = connection;
  const signal = AbortSignal.any([reading.signal, connection.ended]);
  // Nothing of a demo account is kept: the next one is another.
  const known = choice.demo
    ? undefined
    : await aws.localKnowledge(session, () => aws.stateFolder(host(choice, signal).env));
  const kept = known?.folder === undefined ? undefined : aws.snapshotCache(known.folder);
  const key = accountKey(session.identity);
  let previous = connection.beginReading();
  if (previous === undefined) {
    previous = await kept?.load(key);
    if (previous !== undefined && !signal.aborted) reading.onKept(previous);
  }
  const take = (snapshot: AccountSnapshot) => {
    if (connection.ended.aborted || !reading.isCurrent()) return;
    connection.setSnapshot(snapshot);
    reading.onProgress();
  };
  const snapshot = await aws.readSnapshot(session, {
    signal,
    first: first(),
    shown: reading.shown,
    ...(known && { killed: known.killed, closedKills: known.closedKills, problems: known.problems }),
    ...(reading.quiet ? {} : { onProgress: take }),
    ...(previous === undefined ? {} : { previous }),
    ...(known?.learnedFloor === undefined ? {} : { learnedFloor: known.learnedFloor }),
  });
  take(snapshot);
  // What was kept before holds more than a reading that somebody stopped.
  if (kept !== undefined && !signal.aborted) await keep(kept, memory, snapshot, warn);
}

async function keep(
  kept: { save(snapshot: AccountSnapshot): Promise<void> },
  memory: AccountMemory,
  snapshot: AccountSnapshot,
  warn: AccountPorts["warn"],
): Promise<void> {
  try {
    await Promise.all([kept.save(snapshot), memory.saveLast(snapshot)]);
  } catch (error) {
    warn("The snapshot could not be kept.", error);
  }
}

/** Functions whose details are read again with everything else; those looked at last. */
const refreshedDetails = 20;

/** Reads one function again, with its details and the totals that its reservation is part of. A function that is gone disappears. */
export async function readOneAgain(connection: Connection, name: string): Promise<void> {
  const { aws, session, ended } = connection;
  try {
    const fn = await aws.readFunction(session, name, ended);
    connection.setFunction(name, fn);
    connection.setDetails(name, await aws.readDetails(session, fn, ended));
  } catch (error) {
    if (aws.toAccountError(error).kind !== "notFound") throw error;
    connection.setFunction(name, null);
  }
  const totals = await aws.totalsIfOffered(session, ended);
  if (!("why" in totals)) connection.setTotals(totals);
}

/** Reads the details of functions, one after the other; mappings and scaling targets of the account once for all of them. */
export async function readDetailsOf(connection: Connection, names: readonly string[]): Promise<void> {
  const { aws, session, ended, lists } = connection;
  for (const name of names) {
    const fn = connection.snapshot?.functions.find((each) => each.name === name);
    if (fn !== undefined) connection.setDetails(name, await aws.readDetails(session, fn, ended, lists));
  }
}

/** Reads details again that were looked at before, those looked at last; older ones are forgotten. */
export async function readDetailsAgain(connection: Connection): Promise<void> {
  await readDetailsOf(connection, connection.forgetDetails(refreshedDetails));
}
