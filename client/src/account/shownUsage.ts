import type { AccountPorts } from "./accountPorts.ts";
import type { Connection } from "./connection.ts";

/** Views tell one by one what they show: this long nothing is asked, milliseconds. */
const debounce = 300;

/** Reads the metrics of what is on screen, never twice at once. What was read lately is given again by the module #aws, free of charge. */
export class ShownUsage {
  readonly #ports: AccountPorts;
  readonly #changed: () => void;
  #connection: Connection | undefined;
  #names: readonly string[] = [];
  #busy = false;
  #again = false;
  #planned: (() => void) | undefined;

  constructor(ports: AccountPorts, changed: () => void) {
    this.#ports = ports;
    this.#changed = changed;
  }

  /** What is on screen now, most important first. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** The totals of an account are there: its metrics may be asked for. */
  connected(connection: Connection): void {
    this.#connection = connection;
    this.read();
  }

  disconnected(): void {
    this.#connection = undefined;
    this.#planned?.();
    this.#planned = undefined;
  }

  /** What is on screen now, most important first. */
  showing(names: readonly string[]): void {
    this.#names = names;
    this.read();
  }

  /** Reads what is missing or too old. */
  read(): void {
    if (this.#connection === undefined) return;
    if (this.#busy) this.#again = true;
    else
      this.#planned ??= this.#ports.clock.after(debounce, () => {
        this.#planned = undefined;
        void this.#read();
      });
  }

  async #read(): Promise<void> {
    const connection = this.#connection;
    const { usage: enabled, usageFunctions } = this.#ports.settings();
    if (connection === undefined || !enabled) return;
    this.#busy = true;
    this.#again = false;
    try {
      const names = this.#names.slice(0, usageFunctions);
      const { account, functions, problems } = await connection.metrics.read(names, connection.ended);
      if (connection !== this.#connection) return;
      connection.setUsage(account, functions, problems);
      this.#changed();
    } catch (error) {
      if (connection === this.#connection) this.#ports.warn("The metrics could not be read.", error);
    } finally {
      this.#busy = false;
      if (this.#again) this.read();
    }
  }
}
