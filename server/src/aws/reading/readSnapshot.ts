import type { AccountSnapshot } from "#core";
import type { AccountError } from "../accountError.ts";
import type { Session } from "../session.ts";
import { toAccountError } from "../toAccountError.ts";
import { type Collected, collect } from "./collected.ts";
import { createProblems, type Problems } from "./problems.ts";
import { createProgress } from "./progress.ts";
import { type Scan, scan } from "./scan.ts";
import { tagsByArn } from "./tags.ts";
import { readTotals } from "./totals.ts";

/** What may be said about a reading. */
export interface SnapshotOptions {
  /** Ends the reading; what is known by then is the result. */
  readonly signal?: AbortSignal;
  /** Called with the totals at once, then at most every 200 ms, and with the result. */
  readonly onProgress?: (snapshot: AccountSnapshot) => void;
  /** The snapshot so far; ignored when it is of another account, Region or endpoint. Lends details and use that are at most five minutes old, never reservations. */
  readonly previous?: AccountSnapshot;
  /** What Lambda insisted on leaving unreserved here when it last refused a change. */
  readonly learnedFloor?: number;
  /** Milliseconds since 1970. Default: the clock. */
  readonly now?: () => number;
}

/**
 * Reads an account: the totals by GetAccountSettings, the functions by ListFunctions, their reservations by GetFunction while further pages
 * are listed; 1,000 functions take 1,021 calls. The result is `complete` when each function's reservation and stack could be read, else
 * `partial` with one problem per cause; with none when it was cancelled. Throws an `AccountError` when not even the totals could be read
 * (`cancelled` too), and of kind `changed` when the credentials turn out to be somebody else's: then nothing that was read counts.
 */
export async function readSnapshot(session: Session, options: SnapshotOptions = {}): Promise<AccountSnapshot> {
  const { signal, onProgress, now = Date.now } = options;
  const totals = await readTotals(session, signal, now);
  const problems = createProblems();
  const collected = collect(session.identity, totals, problems, { ...options, now });
  const progress = createProgress(() => onProgress?.(collected.snapshot("reading")));
  progress.show();
  let ended: AccountError | undefined;
  try {
    const counted = totals.functionCount;
    ended = await readAll({ session, collected, problems, signal, now, counted, changed: () => progress.changed() });
  } finally {
    progress.end();
  }
  if (ended?.kind === "changed") throw ended;
  collected.giveUp(ended?.kind === "cancelled" ? "the reading was cancelled" : "the reading ended before it");
  const complete = ended === undefined && problems.list.length === 0 && collected.allKnown;
  const snapshot = collected.snapshot(complete ? "complete" : "partial");
  onProgress?.(snapshot);
  return snapshot;
}

/** Reads functions and tags and makes sure that all of it came from the account of the session; says why it ended early, if it did. */
async function readAll(job: Scan): Promise<AccountError | undefined> {
  const { session, collected, problems, signal } = job;
  const { ended, untagged } = await scan(job);
  if (ended !== undefined) return ended;
  try {
    if (untagged.size > 0) await addTags(session, collected, problems, untagged, signal);
    await session.verify(signal);
  } catch (error) {
    const failure = toAccountError(error, "sts:GetCallerIdentity");
    problems.add(failure, "sts:GetCallerIdentity");
    return failure;
  }
  return undefined;
}

/** Fills in the stacks of functions that GetFunction did not describe. Throws only when the reading was cancelled. */
async function addTags(
  session: Session,
  collected: Collected,
  problems: Problems,
  untagged: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    const tags = await tagsByArn(session, signal);
    for (const entry of [...collected.functions])
      if (untagged.has(entry.name)) collected.put({ ...entry, ...tags.get(entry.arn) });
  } catch (error) {
    const failure = toAccountError(error, "tag:GetResources");
    if (failure.kind === "cancelled") throw failure;
    problems.add(failure, "tag:GetResources");
  }
}
