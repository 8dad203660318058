import type { TestContext } from "node:test";
import { createRateLimiter, type RateLimiter, type Session } from "#aws";
import type { AccountSnapshot, LiveFunction } from "#core";
import { type AccountFile, type DemoOptions, type DemoServer, type Fault, type ManualClock, manualClock } from "#demo";
import { openDemoSession } from "../demoSession.ts";

/** A demo account with a session whose rate budget runs on the demo's clock: waiting moves that clock, so nothing takes time. */
export interface Scene {
  readonly demo: DemoServer;
  readonly session: Session;
  readonly clock: ManualClock;
  readonly rateLimiter: RateLimiter;
  /** Calls that reached the account, by operation, refused ones included. */
  calls(): Readonly<Record<string, number>>;
  faults(...faults: readonly Fault[]): void;
}

/** Opens an account for one test; the default is the demo account's. */
export async function sceneFor(
  test: TestContext,
  account?: AccountFile,
  options: Omit<DemoOptions, "account" | "clock"> = {},
): Promise<Scene> {
  const clock = manualClock();
  const demoOptions = { clock, ...(account === undefined ? {} : { account }), ...options };
  const { demo, session } = await openDemoSession({ demo: demoOptions }, test);
  const rateLimiter = createRateLimiter({
    clock: {
      now: () => clock.now(),
      async wait(ms, signal) {
        signal?.throwIfAborted();
        // Fractions too small to move a clock would be waited for without end.
        clock.advance(Math.ceil(ms));
      },
    },
    random: () => 0.5,
  });
  const counts: Record<string, number> = {};
  const strike = demo.account.faults.strike.bind(demo.account.faults);
  demo.account.faults.strike = (action) => {
    counts[action] = (counts[action] ?? 0) + 1;
    return strike(action);
  };
  return {
    demo,
    session: { ...session, rateLimiter },
    clock,
    rateLimiter,
    calls: () => ({ ...counts }),
    faults: (...faults) => demo.account.faults.replace(faults),
  };
}

/** Reservation by name of the function. */
export function reservations({ functions }: { readonly functions: readonly LiveFunction[] }) {
  return Object.fromEntries(functions.map(({ name, reserved }) => [name, reserved]));
}

/** How far a snapshot has come, in one line. */
export function progressOf({ reading: { state, known, listed } }: AccountSnapshot): string {
  return `${state} ${known}/${listed}`;
}

/** The actions that a snapshot complains about. */
export function complaints({ problems }: Pick<AccountSnapshot, "problems">): readonly string[] {
  return problems.map(({ action }) => action);
}
