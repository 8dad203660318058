import type { DemoAccount } from "#demo/demoAccount.ts";
import { createDemoAccount } from "#demo/demoAccount.ts";
import { type ManualClock, manualClock } from "#demo/engine/clock.ts";
import type { Answer, LoadTarget } from "#load";

/** A demo account that stands still until its clock is moved. */
export interface VirtualAccount {
  readonly account: DemoAccount;
  readonly clock: ManualClock;
}

/** An account of 200 with a floor of 100 and functions that take exactly so many milliseconds. */
export function virtualAccount(functions: Readonly<Record<string, { reserved?: number; ms: number }>>): VirtualAccount {
  const clock = manualClock();
  const entries = Object.entries(functions).map(([name, { reserved, ms }]) => ({
    name,
    duration: { median: ms, p95: ms },
    ...(reserved !== undefined && { reserved }),
  }));
  const account = createDemoAccount({ clock, traffic: false, account: { limit: 200, floor: 100, functions: entries } });
  return { account, clock };
}

/** A function of the account, admitted and throttled by the engine of the demo account; a refusal is answered after `throttleAnswer` milliseconds. */
export function engineTarget({ account, clock }: VirtualAccount, name: string, throttleAnswer: number): LoadTarget {
  const region = account.region(account.home);
  const subject = region.state.functions.find((known) => known.name === name);
  if (subject === undefined) throw new Error(`There is no function ${name}.`);
  return {
    name: `function ${name}`,
    send(done) {
      const answer = (ms: number, what: Answer, before = () => {}) =>
        clock.schedule(ms, () => {
          before();
          done(what);
        });
      const admission = region.invocations.start(subject, undefined, clock.now());
      if ("throttle" in admission)
        return answer(throttleAnswer, { outcome: "throttled", status: 429, reason: admission.throttle });
      const { milliseconds } = region.run(subject);
      return answer(milliseconds, { outcome: "served", status: 200 }, admission.slot.release);
    },
    async close() {},
  };
}

/** A server of one worker: requests queue, and each takes exactly `serviceTime` milliseconds. */
export function oneWorker(clock: ManualClock, serviceTime: number): LoadTarget {
  let free = clock.now();
  return {
    name: "one worker",
    send(done) {
      free = Math.max(free, clock.now()) + serviceTime;
      return clock.schedule(free - clock.now(), () => done({ outcome: "served", status: 200 }));
    },
    async close() {},
  };
}
