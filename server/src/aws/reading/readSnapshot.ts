import { type AccountSnapshot, accountKey, type KillRecord, type ReadFirst } from "#core";
import { AccountError } from "../accountError.ts";
import type { Session } from "../session.ts";
import { toAccountError } from "../toAccountError.ts";
import { type Collected, collect } from "./collected.ts";
import { withOwed } from "./liveFunction.ts";
import { createProblems, type Problems } from "./problems.ts";
import { createProgress } from "./progress.ts";
import { type Scan, scan } from "./scan.ts";
import { tagsByArn } from "./tags.ts";
import { totalsIfOffered } from "./totals.ts";

/** What may be said about a reading. */
export interface SnapshotOptions {
  /** Ends the reading; what is known by then is the result. */
  readonly signal?: AbortSignal;
  /** Called with the totals at once, then at most every 200 ms, and with the result. */
  readonly onProgress?: (snapshot: AccountSnapshot) => void;
  /** The snapshot so far; ignored when it is of another account, Region or endpoint. Lends details and use that are at most five minutes old, never reservations. */
  readonly previous?: AccountSnapshot;
  /** What files declare, which is read first; may come while the account is being read. */
  readonly first?: ReadFirst | Promise<ReadFirst>;
  /** Names of functions on screen, which are read before the rest. */
  readonly shown?: readonly string[];
  /** Records of this machine's open kills. */
  readonly killed?: readonly KillRecord[];
  /** Ids of the kills that this machine knows to be closed: their tags are left out. */
  readonly closedKills?: ReadonlySet<string>;
  /** What could not be read on this machine before. */
  readonly problems?: readonly AccountError[];
  /** What Lambda insisted on leaving unreserved here when it last refused a change. */
  readonly learnedFloor?: number;
  /** Milliseconds since 1970. Default: the clock. */
  readonly now?: () => number;
}

/**
 * Reads an account: the totals by GetAccountSettings, the functions by ListFunctions, their reservations by GetFunction while further pages
 * are listed, in this order: what files declare, what reserved something when it was last read, what is on screen, the rest; 1,000 functions take 1,021 calls. The result is `complete` when each function's reservation and stack could be read, else
 * `partial` with one problem per cause; with none when it was cancelled. Where the totals may not be asked for, or the endpoint does not
 * offer them, they are left out with a problem. Throws an `AccountError` when they could not be read for another reason (`cancelled` too), and of kind `changed` when the credentials turn out to be somebody else's: then nothing that was read counts.
 */
export async function readSnapshot(session: Session, options: SnapshotOptions = {}): Promise<AccountSnapshot> {
  const { signal, onProgress, now = Date.now } = options;
  const totals = await totalsIfOffered(session, signal, now);
  const problems = createProblems();
  const collected = collect(session.identity, totals, problems, { ...options, now });
  // Without totals there is nothing to show until something is listed.
  const isShown = () => !("why" in totals) || collected.anyListed;
  const progress = createProgress(() => isShown() && onProgress?.(collected.snapshot("reading")));
  progress.show();
  let ended: AccountError | undefined;
  try {
    const counted = "why" in totals ? undefined : totals.functionCount;
    ended = await readAll({
      session,
      collected,
      problems,
      signal,
      now,
      counted,
      wishes: wishesOf(session, options),
      changed: () => progress.changed(),
    });
  } finally {
    progress.end();
  }
  if (ended?.kind === "changed") throw ended;
  collected.giveUp(ended?.kind === "cancelled" ? "the reading was cancelled" : "the reading ended before it");
  const failed = ended !== undefined || problems.list.length > 0;
  // Where nothing at all could be read, the first call has said why.
  if ("why" in totals && !collected.anyListed && failed) throw totals.why;
  const complete = !failed && collected.allKnown;
  for (const problem of options.problems ?? []) problems.add(problem, "kills");
  if ("why" in totals) problems.add(saidOf(totals.why), "lambda:GetAccountSettings");
  const snapshot = collected.snapshot(complete ? "complete" : "partial");
  onProgress?.(snapshot);
  return snapshot;
}

/** What another account was like says nothing about this one. */
function wishesOf({ identity }: Session, { first, shown, previous }: SnapshotOptions): Scan["wishes"] {
  const isSame = previous !== undefined && accountKey(previous.identity) === accountKey(identity);
  return {
    ...(first === undefined ? {} : { first }),
    ...(shown === undefined ? {} : { shown }),
    ...(isSame ? { previous } : {}),
  };
}

/** An endpoint that does not know the call answers with something that no client can read. */
function saidOf(why: AccountError): AccountError {
  if (why.kind === "denied") return why;
  const message = "This endpoint does not offer GetAccountSettings, so limit and unreserved are not known.";
  return new AccountError("failed", message, { action: "lambda:GetAccountSettings" });
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
      if (untagged.has(entry.name)) collected.put(withOwed({ ...entry, ...tags.get(entry.arn) }));
  } catch (error) {
    const failure = toAccountError(error, "tag:GetResources");
    if (failure.kind === "cancelled") throw failure;
    problems.add(failure, "tag:GetResources");
  }
}
