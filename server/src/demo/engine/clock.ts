/** The time of a demo account, in milliseconds since 1970. It may run faster than the wall clock. */
export interface Clock {
  now(): number;
  /** How far it is ahead of the clock that clients have, in milliseconds. */
  ahead(): number;
  /** Calls `task` once, after `delay` milliseconds of demo time. The function returned calls it off. */
  schedule(delay: number, task: () => void): () => void;
  /** Calls off everything that is scheduled. */
  stop(): void;
}

/** A clock that runs `scale` times as fast as the wall clock, from now on. */
export function scaledClock(scale: number): Clock {
  const start = Date.now();
  const timers = new Set<NodeJS.Timeout>();
  return {
    now: () => start + (Date.now() - start) * scale,
    ahead: () => (Date.now() - start) * (scale - 1),
    schedule(delay, task) {
      const timer = setTimeout(() => {
        timers.delete(timer);
        task();
      }, delay / scale);
      timers.add(timer);
      return () => {
        clearTimeout(timer);
        timers.delete(timer);
      };
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

/** A clock that stands still until it is moved: for tests, which then never wait. */
export interface ManualClock extends Clock {
  /** Moves the clock on and does, in order, what falls due on the way. */
  advance(milliseconds: number): void;
}

/** Makes a clock that is moved by hand. */
export function manualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  let now = start;
  let entries: { readonly at: number; readonly task: () => void }[] = [];
  return {
    now: () => now,
    ahead: () => 0,
    schedule(delay, task) {
      const entry = { at: now + Math.max(0, delay), task };
      entries.push(entry);
      return () => {
        entries = entries.filter((other) => other !== entry);
      };
    },
    stop() {
      entries = [];
    },
    advance(milliseconds) {
      const end = now + milliseconds;
      for (;;) {
        const next = entries.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        entries = entries.filter((other) => other !== next);
        now = Math.max(now, next.at);
        next.task();
      }
      now = end;
    },
  };
}
