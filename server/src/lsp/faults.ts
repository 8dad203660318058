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

  /** Runs `run`; a failure is recorded and answered by `undefined`. */
  guard<T>(what: string, run: () => T): T | undefined {
    try {
      const result = run();
      this.settle(what);
      return result;
    } catch (error) {
      this.report(what, error);
      return undefined;
    }
  }

  /** The same for what takes its time. */
  async watch(what: string, running: Promise<unknown>): Promise<void> {
    try {
      await running;
      this.settle(what);
    } catch (error) {
      this.report(what, error);
    }
  }

  /** Records that `what` failed. The log has the stack, once; the note does not. */
  report(what: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    const note = `${what} failed because of an internal error: ${message}`;
    if (this.#standing.get(what) === note) return;
    this.#standing.set(what, note);
    this.#log(`${note}\n${error instanceof Error ? error.stack : ""}`);
    this.#onChange();
  }

  /** `what` works (again). */
  settle(what: string): void {
    if (this.#standing.delete(what)) this.#onChange();
  }
}
