import type { AccountPorts } from "./accountPorts.ts";

/** What changes often is told at most this often, milliseconds. */
const calm = 150;

/** Tells that something has changed: at once, or together with what follows within a moment. */
export class Teller {
  readonly #ports: Pick<AccountPorts, "changes" | "clock">;
  #told = 0;
  #later: (() => void) | undefined;

  constructor(ports: Pick<AccountPorts, "changes" | "clock">) {
    this.#ports = ports;
  }

  now(): void {
    this.dispose();
    this.#told = this.#ports.clock.now().getTime();
    this.#ports.changes.fire();
  }

  soon(): void {
    const { clock } = this.#ports;
    if (clock.now().getTime() - this.#told >= calm) this.now();
    else this.#later ??= clock.after(calm, () => this.now());
  }

  dispose(): void {
    this.#later?.();
    this.#later = undefined;
  }
}
