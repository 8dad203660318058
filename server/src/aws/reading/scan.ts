import type { LiveFunction } from "#core";
import type { AccountError, AccountErrorKind } from "../accountError.ts";
import { createGate } from "../gate.ts";
import type { Session } from "../session.ts";
import { toAccountError } from "../toAccountError.ts";
import type { Collected } from "./collected.ts";
import { listFunctions } from "./listFunctions.ts";
import type { Problems } from "./problems.ts";
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
export async function scan({ session, collected, problems, changed, signal, now, counted }: Scan): Promise<Scanned> {
  const stop = new AbortController();
  const until = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const reader = createReservationReader(session, { now });
  const untagged = new Set<string>();
  const gate = createGate(AT_A_TIME);
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

  async function start(listed: LiveFunction): Promise<void> {
    const leave = await gate.enter();
    if (!until.aborted) {
      await readOne(listed);
      changed();
    }
    leave();
  }

  const reading: Promise<void>[] = [];
  try {
    for await (const page of listFunctions(session, until, counted)) {
      for (const listed of collected.list(page)) reading.push(start(listed));
      changed();
    }
  } catch (error) {
    // What is listed already can still be read when only the list fails.
    if (!until.aborted) fail(error, "lambda:ListFunctions", (kind) => final.has(kind));
  }
  await Promise.all(reading);
  for (const denial of reader.denials) problems.add(denial, "lambda:GetFunction");
  if (signal?.aborted) ended ??= toAccountError(signal.reason);
  return { untagged, ...(ended === undefined ? {} : { ended }) };
}
