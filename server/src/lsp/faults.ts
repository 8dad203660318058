/** Bugs of our own: each is logged with its stack and stays visible until the same thing works again, so that it cannot look like "no problems". */
export class Faults {
  readonly #log: (text: string) => void;
  readonly #onChange: () => void;
  readonly #standing = new Map<string, string>();

  constructor(log: (text: string) => void, onChange: () => void) {
    this.#log = log;
    this.#onChange = onChange;
  }

  /** What does not work at the moment, as sentences. */
  get notes(): readonly string[] {
    return [...this.#standing.values()];
  }

  /** Records that `what` failed. The log has the stack; the note does not. */
  report(what: string, error: unknown): void {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    const message = error instanceof Error ? error.message : String(error);
    this.#log(`${what} failed because of an internal error.\n${detail}`);
    this.#standing.set(what, `${what} failed because of an internal error: ${message}`);
    this.#onChange();
  }

  /** `what` works (again). */
  settle(what: string): void {
    if (this.#standing.delete(what)) this.#onChange();
  }
}
