import type { AccountChoice, AccountLists, Session, Totals, UsageReader } from "#aws";
import type { AccountSnapshot, AccountUsage, FunctionDetails, LiveFunction, ReadingProblem, Usage } from "#core";
import type { AwsModule } from "./accountPorts.ts";
import { compose } from "./liveParts.ts";

/** How long the account's mappings and scaling targets serve the details of several functions, milliseconds. */
const listsKept = 15_000;

/** How long metrics are kept, milliseconds. In the demo account they cost nothing and move faster. */
const kept = 5 * 60_000;
const keptInDemo = 4000;

/** An open account and everything that was read of it. Ends with `close`, which also stops what still reads. */
export class Connection {
  readonly choice: AccountChoice;
  readonly aws: AwsModule;
  readonly session: Session;
  /** Mappings and scaling targets of the account, read afresh after each reading of everything. */
  lists: AccountLists;
  readonly metrics: UsageReader;
  readonly #functions = new Map<string, LiveFunction | null>();
  readonly #details = new Map<string, FunctionDetails>();
  readonly #usage = new Map<string, Usage>();
  readonly #ended = new AbortController();
  #users = 0;
  #accountUsage: AccountUsage | undefined;
  #problems: readonly ReadingProblem[] = [];
  #listed: AccountSnapshot | undefined;
  #composed: AccountSnapshot | undefined;

  /** @param now milliseconds since 1970 */
  constructor(choice: AccountChoice, aws: AwsModule, session: Session, now: () => number) {
    this.choice = choice;
    this.aws = aws;
    this.session = session;
    this.lists = aws.createAccountLists(session, { maxAgeMs: listsKept });
    this.metrics = aws.createUsageReader(session, {
      now,
      maxAgeMs: choice.demo ? keptInDemo : kept,
      running: choice.demo === true,
    });
  }

  /** Aborted when the connection is closed. */
  get ended(): AbortSignal {
    return this.#ended.signal;
  }

  /** What is known, put together; undefined until the totals were read. */
  get snapshot(): AccountSnapshot | undefined {
    if (this.#listed === undefined) return undefined;
    const parts = {
      functions: this.#functions,
      details: this.#details,
      usage: this.#usage,
      accountUsage: this.#accountUsage,
      problems: this.#problems,
    };
    this.#composed ??= compose(this.#listed, parts);
    return this.#composed;
  }

  /** A new reading of everything begins: what is known so far, to start from. */
  beginReading(): AccountSnapshot | undefined {
    const known = this.snapshot;
    this.#listed = known;
    this.#functions.clear();
    this.lists = this.aws.createAccountLists(this.session, { maxAgeMs: listsKept });
    return known;
  }

  /** Takes what a reading of everything has come to. */
  setSnapshot(snapshot: AccountSnapshot): void {
    this.#listed = snapshot;
    this.#composed = undefined;
  }

  /** Takes one function that was read alone; null: there is no such function any more. */
  setFunction(name: string, fn: LiveFunction | null): void {
    this.#functions.set(name, fn);
    this.#composed = undefined;
  }

  /** Takes metrics. */
  setUsage(account: AccountUsage, functions: ReadonlyMap<string, Usage>, problems: readonly ReadingProblem[]): void {
    this.#accountUsage = account;
    this.#problems = problems;
    for (const [name, usage] of functions) this.#usage.set(name, usage);
    this.#composed = undefined;
  }

  /** Takes the details of one function. */
  setDetails(name: string, details: FunctionDetails): void {
    // Looked at last comes last.
    this.#details.delete(name);
    this.#details.set(name, details);
    this.#composed = undefined;
  }

  /** Forgets all details but those of the functions looked at last, and says which these are. */
  forgetDetails(kept: number): readonly string[] {
    const names = [...this.#details.keys()];
    for (const name of names.slice(0, -kept)) this.#details.delete(name);
    this.#composed = undefined;
    return names.slice(-kept);
  }

  /** Takes the totals of the account, read alone. */
  setTotals(totals: Totals): void {
    if (this.#listed !== undefined) this.setSnapshot({ ...this.#listed, ...totals });
  }

  /** Keeps the session open until this work is done, also when the connection is closed meanwhile. */
  async use<T>(work: () => Promise<T>): Promise<T> {
    this.#users++;
    try {
      return await work();
    } finally {
      this.#users--;
      this.#leave();
    }
  }

  close(): void {
    this.#ended.abort();
    this.#leave();
  }

  #leave(): void {
    if (this.ended.aborted && this.#users === 0) this.session.close();
  }
}
