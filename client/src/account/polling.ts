import type { AccountErrorKind } from "#aws";
import type { Clock } from "../clock.ts";
import type { AccountSettings } from "./accountPorts.ts";
import type { AccountState } from "./accountState.ts";

/** In a demo account, milliseconds between readings, and up to how many functions. */
const demoPeriod = 5000;
const demoFunctions = 200;

/** After these the next reading may work again; after others somebody has to do something first. */
const worthWaiting: ReadonlySet<AccountErrorKind> = new Set(["offline", "timeout", "throttled"]);

/** Milliseconds until an account in this state is read by the clock: a demo account soon, one of AWS when the user wants it; undefined: not at all. */
export function pollingPeriod(
  state: AccountState,
  { refreshMinutes }: Pick<AccountSettings, "refreshMinutes">,
): number | undefined {
  const passing = state.kind === "connected" || (state.kind === "failed" && worthWaiting.has(state.error.kind));
  if (!passing || state.snapshot === undefined) return undefined;
  if (state.choice.demo) return state.snapshot.functionCount <= demoFunctions ? demoPeriod : undefined;
  return refreshMinutes > 0 ? refreshMinutes * 60_000 : undefined;
}

/** Reads again and again, at a period that may change or end at any time. */
export class Polling {
  readonly #clock: Clock;
  readonly #period: () => number | undefined;
  readonly #read: () => Promise<void>;
  #stop: (() => void) | undefined;

  constructor(clock: Clock, period: () => number | undefined, read: () => Promise<void>) {
    this.#clock = clock;
    this.#period = period;
    this.#read = read;
  }

  /** Plans the next reading from now on; what was planned before no longer counts. */
  plan(): void {
    this.dispose();
    const period = this.#period();
    if (period === undefined) return;
    this.#stop = this.#clock.after(period, () => void this.#read().then(() => this.plan()));
  }

  dispose(): void {
    this.#stop?.();
    this.#stop = undefined;
  }
}
