import type { Usage } from "#core";
import { createSemaphore } from "../semaphore.ts";
import type { Session } from "../session.ts";
import { readUsage, type UsageReading } from "./readUsage.ts";

const MAX_AGE = 5 * 60_000;
/** What failed is left alone for this long, in milliseconds. */
const RETRY = 60_000;
const MOST_KEPT = 5000;

/** Reads metrics and keeps them, because every reading costs money. */
export interface UsageReader {
  /** As `readUsage`, but what was read in the last five minutes is given again, free of charge; what failed is left alone for one. */
  read(names: readonly string[], signal?: AbortSignal): Promise<UsageReading>;
}

/** Default: five minutes by the machine's clock, a window of three hours. */
export interface UsageReaderOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly maxAgeMs?: number;
  readonly hours?: number;
  /** As in `UsageOptions`. */
  readonly running?: boolean;
}

/** A reader for one session; it starts without knowing anything. */
export function createUsageReader(session: Session, options: UsageReaderOptions = {}): UsageReader {
  const { now = Date.now, maxAgeMs = MAX_AGE, hours = 3, running = false } = options;
  const functions = new Map<string, { readonly at: number; readonly usage: Usage | undefined }>();
  const semaphore = createSemaphore(1);
  let last: { readonly at: number; readonly reading: UsageReading } | undefined;

  const isFresh = (at: number, failed: boolean) => now() - at < (failed ? Math.min(RETRY, maxAgeMs) : maxAgeMs);
  const isStale = (name: string) => {
    const kept = functions.get(name);
    return kept === undefined || !isFresh(kept.at, kept.usage === undefined);
  };

  async function refresh(names: readonly string[], signal: AbortSignal | undefined): Promise<UsageReading> {
    const at = now();
    const until = { hours, running, now: new Date(at) };
    const reading = await readUsage(session, names, signal === undefined ? until : { ...until, signal });
    last = { at, reading };
    for (const name of names) {
      functions.delete(name);
      functions.set(name, { at, usage: reading.functions.get(name) });
    }
    return reading;
  }

  /** Forgets those that were read the longest ago. */
  function forget(): void {
    for (const name of functions.keys()) {
      if (functions.size <= MOST_KEPT) return;
      functions.delete(name);
    }
  }

  return {
    async read(names, signal) {
      // One at a time: whoever asks for the same a moment later finds it.
      const leave = await semaphore.acquire(signal);
      try {
        const stale = names.filter(isStale);
        const kept =
          last !== undefined && isFresh(last.at, last.reading.problems.length > 0) ? last.reading : undefined;
        const reading = stale.length === 0 && kept !== undefined ? kept : await refresh(stale, signal);
        const known = names.flatMap((name) => {
          const usage = functions.get(name)?.usage;
          return usage === undefined ? [] : [[name, usage] as const];
        });
        forget();
        return { account: reading.account, functions: new Map(known), problems: reading.problems };
      } finally {
        leave();
      }
    },
  };
}
