import type { AccountPorts } from "./accountPorts.ts";
import type { Connection } from "./connection.ts";

/** How long metrics are kept, milliseconds. In the demo account they cost nothing and move faster. */
const kept = 5 * 60_000;
const keptInDemo = 4000;

/** Views tell one by one what they show: this long nothing is asked, milliseconds. */
const debounce = 300;

/** Reads the metrics of what is on screen: a few requests for many functions, kept for a while, never twice at once. */
export class UsageReader {
  readonly #ports: AccountPorts;
  readonly #changed: () => void;
  #connection: Connection | undefined;
  #names: readonly string[] = [];
  #read = new Map<string, number>();
  #accountRead: number | undefined;
  #busy = false;
  #planned: (() => void) | undefined;

  constructor(ports: AccountPorts, changed: () => void) {
    this.#ports = ports;
    this.#changed = changed;
  }

  /** The totals of an account are there: its metrics may be asked for. */
  connected(connection: Connection): void {
    if (connection !== this.#connection) {
      this.#connection = connection;
      this.#read = new Map();
      this.#accountRead = undefined;
    }
    this.again();
  }

  disconnected(): void {
    this.#connection = undefined;
    this.#planned?.();
    this.#planned = undefined;
  }

  /** What is on screen now, most important first. */
  showing(names: readonly string[]): void {
    this.#names = names;
    this.again();
  }

  /** Reads what is missing or too old. */
  again(): void {
    if (this.#connection === undefined || this.#busy) return;
    this.#planned ??= this.#ports.clock.after(debounce, () => {
      this.#planned = undefined;
      void this.#readStale();
    });
  }

  async #readStale(): Promise<void> {
    const connection = this.#connection;
    const { usage: enabled, usageFunctions } = this.#ports.settings();
    if (connection === undefined || this.#busy || !enabled) return;
    const now = this.#ports.clock.now();
    const fresh = now.getTime() - (connection.choice.demo ? keptInDemo : kept);
    const names = this.#names.slice(0, usageFunctions).filter((name) => (this.#read.get(name) ?? 0) <= fresh);
    if (names.length === 0 && (this.#accountRead ?? 0) > fresh) return;
    // Also when it fails: what is denied now is denied again in a second.
    this.#accountRead = now.getTime();
    for (const name of names) this.#read.set(name, now.getTime());
    this.#busy = true;
    try {
      const { room, session, ended } = connection;
      const { account, functions, problems } = await room.readUsage(session, names, { now, signal: ended });
      if (connection !== this.#connection) return;
      connection.used(account, functions, problems);
      this.#changed();
    } catch (error) {
      if (connection === this.#connection) this.#ports.warn("The metrics could not be read.", error);
    } finally {
      this.#busy = false;
      if (this.#names.some((name) => !this.#read.has(name))) this.again();
    }
  }
}
