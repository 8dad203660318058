import type { Clock } from "./clock.ts";

/** Runs a task at once, or together with what asks for it within a moment: never more often than an interval allows, and never in vain. */
export class Throttle {
  readonly #clock: Clock;
  readonly #interval: number;
  readonly #task: () => void;
  #ranAt = Number.NEGATIVE_INFINITY;
  #cancel: (() => void) | undefined;

  /** @param interval milliseconds between two runs that nobody has asked for at once */
  constructor(clock: Clock, interval: number, task: () => void) {
    this.#clock = clock;
    this.#interval = interval;
    this.#task = task;
  }

  /** Runs now; what was planned is done with it. */
  now(): void {
    this.dispose();
    this.#ranAt = this.#clock.now().getTime();
    this.#task();
  }

  /** Runs as soon as the interval has passed. */
  soon(): void {
    const wait = this.#ranAt + this.#interval - this.#clock.now().getTime();
    if (wait <= 0) this.now();
    else this.#cancel ??= this.#clock.after(wait, () => this.now());
  }

  dispose(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
