import type { LiveFunction } from "#core";
import type { AccountError, AccountErrorKind } from "../accountError.ts";
import type { Session } from "../session.ts";
import { toAccountError } from "../toAccountError.ts";
import type { Collected } from "./collected.ts";
import { listFunctions } from "./listFunctions.ts";
import { NOT_READ } from "./liveFunction.ts";
import type { Problems } from "./problems.ts";
import { createRankedQueue } from "./rankedQueue.ts";
import { type Ahead, aheadOf, declaredAhead, isFirst, type ReadingWishes, ranks } from "./readingOrder.ts";
import { createReservationReader } from "./reservations.ts";

/** So many functions are asked for at a time: enough to use the rate budget, few enough that other calls need not queue long. */
const AT_A_TIME = 16;
/** After so many failures in a row the account is left alone. */
const FAILURES = 5;
/** Failures after which every other call would fail too, or after which Lambda should be left in peace. */
const final: ReadonlySet<AccountErrorKind> = new Set(["cancelled", "changed", "expired", "noCredentials", "throttled"]);

/** What a scan is told and where it puts what it finds. */
export interface Scan {
  readonly session: Session;
  readonly collected: Collected;
  readonly problems: Problems;
  /** Called when something was found. */
  readonly changed: () => void;
  readonly signal: AbortSignal | undefined;
  readonly now: () => number;
  readonly wishes: ReadingWishes;
  /** How many functions Lambda counts; undefined where it does not say. */
  readonly counted: number | undefined;
}

/** How a scan ended. */
export interface Scanned {
  /** Why it was cut short; absent when it went through the whole account. */
  readonly ended?: AccountError;
  /** Names of functions whose tags are not known. */
  readonly untagged: ReadonlySet<string>;
}

/** Lists the functions and reads each one's reservation while further pages are listed. Never throws. */
export async function scan(job: Scan): Promise<Scanned> {
  const { session, collected, problems, changed, signal, now, counted, wishes } = job;
  const stop = new AbortController();
  const until = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const reader = createReservationReader(session, { now });
  const untagged = new Set<string>();
  const queue = createRankedQueue(AT_A_TIME, ranks.other + 1);
  /** Asked for by name, before they are listed. */
  const ahead = new Set<string>();
  let isDeclared: ReturnType<typeof isFirst> = () => false;
  let ended: AccountError | undefined;
  let failures = 0;

  const fail = (error: unknown, action: string, isLast: (kind: AccountErrorKind) => boolean) => {
    const failure = toAccountError(error, action);
    problems.add(failure, action);
    if (!isLast(failure.kind)) return;
    ended ??= failure;
    stop.abort(ended);
  };

  async function readOne(listed: LiveFunction): Promise<void> {
    try {
      const { function: found, tagged } = await reader.read(listed, until);
      failures = 0;
      if (!tagged) untagged.add(found.name);
      collected.put(found);
    } catch (error) {
      // Calls still under way when the scan ends fail because of that, which is no news.
      if (until.aborted) return;
      const { kind } = toAccountError(error);
      if (kind === "notFound") return collected.remove(listed.name);
      failures++;
      collected.put({ ...listed, reserved: { unknown: "it could not be read" } });
      fail(error, "lambda:GetFunction", () => final.has(kind) || failures >= FAILURES);
    }
  }

  /** One that nobody has listed yet: where it cannot be read it is left to the list. */
  async function readAhead(name: string): Promise<void> {
    const { partition, region, account } = session.identity;
    const arn = `arn:${partition}:lambda:${region}:${account}:function:${name}`;
    try {
      const { function: found, tagged } = await reader.read({ name, arn, reserved: { unknown: NOT_READ } }, until);
      if (found.readAt === undefined) return await leaveToList(name);
      failures = 0;
      if (!tagged) untagged.add(name);
      collected.put(found);
    } catch {
      await leaveToList(name);
    }
  }

  async function leaveToList(name: string): Promise<void> {
    ahead.delete(name);
    const listed = [...collected.functions].find((each) => each.name === name);
    if (listed !== undefined && !until.aborted) await readOne(listed);
  }

  const reading: Promise<void>[] = [];
  const start = (rank: number, name: string, task: () => Promise<void>) => {
    const run = async () => {
      if (until.aborted) return;
      await task();
      changed();
    };
    reading.push(queue.add(rank, name, run));
  };
  const startAhead = (wanted: readonly Ahead[]) => {
    for (const { name, rank } of wanted) {
      if (ahead.has(name) || collected.has(name)) continue;
      ahead.add(name);
      start(rank, name, () => readAhead(name));
    }
  };
  let listing = true;
  const declared = Promise.resolve(wishes.first).then((first) => {
    if (first === undefined) return;
    isDeclared = isFirst(first);
    queue.promote(isDeclared);
    if (listing) startAhead(declaredAhead(first, wishes.previous));
  });
  // What is known at once comes before anything that is only known to have had a reservation.
  if (!(wishes.first instanceof Promise)) await declared;
  startAhead(aheadOf(wishes));
  try {
    for await (const page of listFunctions(session, until, counted)) {
      for (const listed of collected.list(page)) {
        if (ahead.has(listed.name)) continue;
        start(isDeclared(listed.name) ? ranks.declared : ranks.other, listed.name, () => readOne(listed));
      }
      changed();
    }
  } catch (error) {
    // What is listed already can still be read when only the list fails.
    if (!until.aborted) fail(error, "lambda:ListFunctions", (kind) => final.has(kind));
  }
  listing = false;
  await Promise.all(reading);
  for (const denial of reader.denials) problems.add(denial, "lambda:GetFunction");
  if (signal?.aborted) ended ??= toAccountError(signal.reason);
  return { untagged, ...(ended === undefined ? {} : { ended }) };
}
