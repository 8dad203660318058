import type { AccountPorts } from "./accountPorts.ts";

/** What changes often is announced at most this often, milliseconds. */
const minimumInterval = 150;

/** Announces that something has changed: at once, or together with what follows within a moment. */
export class ChangeNotifier {
  readonly #ports: Pick<AccountPorts, "changes" | "clock">;
  #announcedAt = 0;
  #scheduled: (() => void) | undefined;

  constructor(ports: Pick<AccountPorts, "changes" | "clock">) {
    this.#ports = ports;
  }

  notify(): void {
    this.dispose();
    this.#announcedAt = this.#ports.clock.now().getTime();
    this.#ports.changes.fire();
  }

  notifySoon(): void {
    const { clock } = this.#ports;
    if (clock.now().getTime() - this.#announcedAt >= minimumInterval) this.notify();
    else this.#scheduled ??= clock.after(minimumInterval, () => this.notify());
  }

  dispose(): void {
    this.#scheduled?.();
    this.#scheduled = undefined;
  }
}
