import {
  AccountError,
  type Audit,
  createJournal,
  type Journal,
  type KillProgress,
  learnedFloors,
  openAudit,
  toAccountError,
} from "#aws";
import { accountKey, fieldText, type MappingsByName, many } from "#core";
import type { Operation } from "./operation.ts";

/** What an operation needs of its surroundings to switch functions off and on. */
export type KillSurroundings = Pick<Operation<never, never>, "session" | "state" | "ui">;

/** The kills that are recorded on this machine. */
export function journalIn({ state }: KillSurroundings): Journal {
  return createJournal(state.folder);
}

/** The clock of an operation. */
export function clockOf({ state }: KillSurroundings): () => Date {
  return () => new Date(state.now?.() ?? Date.now());
}

/** What aws needs to kill, restore or forget: the journal, the clock, and how waiting is done. */
export function killPorts(surroundings: KillSurroundings) {
  const { retryPolicy } = surroundings.state;
  return {
    journal: journalIn(surroundings),
    now: clockOf(surroundings),
    ...(retryPolicy !== undefined && { retryPolicy }),
  };
}

/** Works with the log of changes open. Rejects with an `AccountError` when it cannot be written: then nothing is begun. */
export async function withAudit<Result>(
  { session, state }: KillSurroundings,
  work: (audit: Audit) => Promise<Result>,
): Promise<Result> {
  const audit = await openAudit(state.folder, session.identity);
  try {
    return await work(audit);
  } finally {
    await audit.close();
  }
}

/** Keeps the floor that Lambda named when it refused one of these, and gives it. */
export async function learnFloor(
  { session, state }: KillSurroundings,
  results: readonly { readonly floor?: number }[],
): Promise<number | undefined> {
  const floor = results.find((result) => result.floor !== undefined)?.floor;
  if (floor === undefined) return undefined;
  // What was done is told in any case; the next refusal names the floor again.
  await learnedFloors(state.folder)
    .learn(accountKey(session.identity), floor)
    .catch(() => {});
  return floor;
}

/** Reads functions with how far it is. Rejects with an `AccountError` when it is cancelled, also at the last moment. */
export async function readFunctions<Result>(
  { ui }: KillSurroundings,
  names: readonly string[],
  read: (options: {
    readonly signal: AbortSignal;
    readonly onRead: (done: number, total: number) => void;
  }) => Promise<Result>,
): Promise<Result> {
  return await ui.progress(`Reading ${whom(names)}`, async ({ signal, say, advance }) => {
    const onRead = (done: number, total: number) => {
      say(`${done} of ${many(total, "function")} read`);
      advance(total);
    };
    const result = await read({ signal, onRead });
    if (signal.aborted) throw toAccountError(signal.reason);
    return result;
  });
}

/** Reads something that is only told after the work; undefined when the account does not say it: what was done is told in any case. */
export async function ifReadable<Result>(read: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof AccountError) return undefined;
    throw error;
  }
}

/** Says how far a kill or a restore is. */
export function functionsDone(
  { say, advance }: { say(what: string): void; advance(total: number): void },
  mappings: MappingsByName,
): (progress: KillProgress) => void {
  return ({ name, field, done, total }) => {
    const far = total === 1 ? "" : `${done} of ${many(total, "function")} done, `;
    if (field === undefined) advance(total);
    else say(`${far}${name}: ${fieldText(field, mappings.get(name))}`);
  };
}

/** `orders`, or how many there are: for the title of work. */
export function whom(names: readonly string[]): string {
  return names.length === 1 ? (names[0] ?? "") : many(names.length, "function");
}
