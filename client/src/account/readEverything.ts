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
export async function readEverything(
  connection: Connection,
  { memory, host, warn, first }: Pick<AccountPorts, "memory" | "host" | "warn" | "first">,
  reading: Reading,
): Promise<void> {
  const { room, session, choice } = connection;
  const signal = AbortSignal.any([reading.signal, connection.ended]);
  // Nothing of a demo account is kept: the next one is another.
  const known = choice.demo
    ? undefined
    : await room.knownHere(session, () => room.stateFolder(host(choice, signal).env));
  const kept = known?.folder === undefined ? undefined : room.snapshotCache(known.folder);
  const key = accountKey(session.identity);
  let previous = connection.begin();
  if (previous === undefined) {
    previous = await kept?.load(key);
    if (previous !== undefined && !signal.aborted) reading.onKept(previous);
  }
  const take = (snapshot: AccountSnapshot) => {
    if (connection.ended.aborted || !reading.isCurrent()) return;
    connection.listed(snapshot);
    reading.onProgress();
  };
  const snapshot = await room.readSnapshot(session, {
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
