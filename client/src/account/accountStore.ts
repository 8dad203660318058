import type { AccountChoice, AccountErrorKind } from "#aws";
import type { AccountSnapshot } from "#core";
import { Throttle } from "../throttle.ts";
import { UserError } from "../userError.ts";
import type { AccountPorts, AwsModule } from "./accountPorts.ts";
import { type Account, type AccountState, type OpenAccount, sameChoice, type Viewer } from "./accountState.ts";
import { Connection } from "./connection.ts";
import { CurrentTask, type Task, waitAtMost } from "./currentTask.ts";
import { notConnected, whyNotOpen, withOpenAccount } from "./openAccount.ts";
import { Polling, pollingPeriod } from "./polling.ts";
import { readAccount, readDetailsAgain, readDetailsOf, readOneAgain } from "./readAccount.ts";
import { ShownUsage } from "./shownUsage.ts";

/** After these the same choice is opened anew before anything is said: credentials may have been renewed meanwhile. */
const worthReopening: ReadonlySet<AccountErrorKind> = new Set(["expired", "noCredentials", "changed"]);

/** How long a new connection waits for the one that it stopped, milliseconds: two logins are never under way together. */
const previousTaskLimit = 3000;

/** What changes often is announced at most this often, milliseconds. */
const announceInterval = 150;

/** The account that this window is connected to, kept up to date without VS Code: everything from outside is a port. */
export class AccountStore implements Account {
  readonly onDidChange: Account["onDidChange"];
  readonly #ports: AccountPorts;
  readonly #usage: ShownUsage;
  readonly #announce: Throttle;
  readonly #polling: Polling;
  #state: AccountState = { kind: "disconnected" };
  #connection: Connection | undefined;
  readonly #current = new CurrentTask();
  readonly #visible = new Set<Viewer>();
  readonly #shown = new Map<Viewer, readonly string[]>();
  #lookedUp = false;

  constructor(ports: AccountPorts) {
    this.#ports = ports;
    this.onDidChange = ports.changes.event;
    this.#announce = new Throttle(ports.clock, announceInterval, () => ports.changes.fire());
    const period = () => (this.#visible.size > 0 ? pollingPeriod(this.state, ports.settings()) : undefined);
    this.#polling = new Polling(ports.clock, period, () => {
      this.#usage.read();
      return this.#refresh(true);
    });
    this.#usage = new ShownUsage(ports, () => this.#announce.soon());
  }

  get state(): AccountState {
    const snapshot = this.#connection?.snapshot;
    if (this.#state.kind !== "connected" || snapshot === undefined) return this.#state;
    return this.#state.snapshot === snapshot ? this.#state : { ...this.#state, snapshot };
  }

  get everConnected(): boolean {
    return this.#ports.memory.everConnected;
  }

  get isDemo(): boolean {
    return this.#state.kind !== "disconnected" && this.#state.choice.demo === true;
  }

  get reading(): boolean {
    return this.#current.task?.quiet === false;
  }

  connect(choice: AccountChoice): Promise<void> {
    const before = this.#current.task;
    if (before !== undefined && !before.abort.signal.aborted && sameChoice(before.choice, choice)) return before.done;
    return this.#connect(choice, this.#knownOf(choice));
  }

  async disconnect(): Promise<void> {
    this.#leave();
    this.#ports.chosen(undefined);
    this.#become({ kind: "disconnected" });
  }

  refresh(): Promise<void> {
    return this.#refresh(false);
  }

  cancel(): void {
    this.#current.task?.abort.abort();
    if (this.#state.kind === "connecting") void this.disconnect();
  }

  async refreshFunction(name: string): Promise<void> {
    const connection = this.#connection;
    if (connection !== undefined) await this.#beside(connection, () => readOneAgain(connection, name));
  }

  async readDetails(name: string): Promise<void> {
    const connection = this.#connection;
    const fn = connection?.snapshot?.functions.find((each) => each.name === name);
    if (connection === undefined || fn === undefined || fn.details !== undefined) return;
    await this.#beside(connection, () => readDetailsOf(connection, [name]));
  }

  async withSession<T>(work: (open: OpenAccount) => Promise<T>): Promise<T> {
    const { state } = this;
    const connection = this.#connection;
    const reason = this.#ports.refusal() ?? whyNotOpen(state);
    if (reason !== undefined) throw new UserError(reason);
    if (connection === undefined || state.kind !== "connected") throw new UserError(notConnected);
    const isCurrent = () => connection === this.#connection;
    return withOpenAccount(connection, { snapshot: state.snapshot, isCurrent }, work);
  }

  showing(names: readonly string[], viewer: Viewer = "sidebar"): void {
    this.#shown.set(viewer, names);
    this.#usage.showing([...new Set([...this.#shown.values()].flat())]);
  }

  viewVisible(visible: boolean, viewer: Viewer = "sidebar"): void {
    if (visible) this.#visible.add(viewer);
    else this.#visible.delete(viewer);
    this.#polling.plan();
    if (visible && !this.#lookedUp) void this.#lookUpLast();
  }

  /** The user changed what is read by the clock, or whether metrics are. */
  settingsChanged(): void {
    this.#usage.read();
    this.#polling.plan();
  }

  /** Ends everything that is under way, for good. */
  dispose(): void {
    this.#visible.clear();
    this.#leave();
    this.#announce.dispose();
    this.#polling.dispose();
  }

  #connect(choice: AccountChoice, known: AccountSnapshot | undefined): Promise<void> {
    const before = this.#current.task?.done;
    this.#leave();
    this.#ports.chosen(choice);
    return this.#begin(choice, false, (task) => this.#open(task, before, known));
  }

  /** Trying the same again keeps what is shown of it; anything else starts from nothing. */
  #knownOf(choice: AccountChoice): AccountSnapshot | undefined {
    const { state } = this;
    if (state.kind !== "failed" && state.kind !== "connected") return undefined;
    return sameChoice(state.choice, choice) ? state.snapshot : undefined;
  }

  #begin(choice: AccountChoice, quiet: boolean, work: (task: Task) => Promise<void>): Promise<void> {
    return this.#current.begin({ choice, quiet }, work, {
      failed: (error) => this.#ports.warn("The account could not be read.", error),
      ended: () => {
        this.#announce.now();
        this.#polling.plan();
      },
    });
  }

  async #open(task: Task, before: Promise<void> | undefined, known: AccountSnapshot | undefined): Promise<void> {
    const { choice, abort } = task;
    const refusal = this.#ports.refusal();
    if (refusal !== undefined) {
      this.#become({ kind: "failed", choice, error: { kind: "refused", message: refusal } });
      return;
    }
    this.#become({ kind: "connecting", choice });
    let aws: AwsModule | undefined;
    try {
      if (before !== undefined) await waitAtMost(this.#ports.clock, previousTaskLimit, before);
      if (task !== this.#current.task) return;
      aws = await this.#ports.aws();
      if (task !== this.#current.task) return;
      const session = await aws.openSession(choice, this.#ports.host(choice, abort.signal));
      if (task !== this.#current.task) return session.close();
      const connection = new Connection(choice, aws, session, () => this.#ports.clock.now().getTime());
      this.#connection = connection;
      this.#ports.memory.connected(choice);
      await this.#read(task, connection);
    } catch (error) {
      this.#failed(task, aws, error, known);
    }
  }

  async #refresh(quiet: boolean): Promise<void> {
    const before = this.#current.task;
    if (before !== undefined && quiet) return;
    if (this.#state.kind === "disconnected") return;
    const { choice } = this.#state;
    const connection = this.#connection;
    if (connection === undefined) return quiet ? undefined : this.connect(choice);
    // What is being read may be from before a change that this reading is to show.
    before?.abort.abort();
    await this.#begin(choice, quiet, async (task) => {
      try {
        if (!quiet) this.#announce.now();
        await connection.session.verify(task.abort.signal);
        if (task === this.#current.task) await this.#read(task, connection);
      } catch (error) {
        const { kind } = connection.aws.toAccountError(error);
        const { snapshot } = connection;
        if (task !== this.#current.task || quiet || !worthReopening.has(kind))
          return this.#failed(task, connection.aws, error, snapshot);
        this.#close();
        // Somebody else's credentials: what was read with the ones before is no longer shown.
        await this.#open(task, undefined, kind === "changed" ? undefined : snapshot);
      }
    });
  }

  async #read(task: Task, connection: Connection): Promise<void> {
    await readAccount(connection, this.#ports, {
      signal: task.abort.signal,
      quiet: task.quiet,
      shown: this.#usage.names,
      onKept: (last) => this.#become({ kind: "connecting", choice: task.choice, last }),
      isCurrent: () => task === this.#current.task,
      onProgress: () => this.#connected(connection),
    });
    if (task !== this.#current.task) return;
    this.#usage.connected(connection);
    await this.#beside(connection, () => readDetailsAgain(connection));
  }

  /** Reads something beside everything; when that fails, reading everything would fail too. */
  async #beside(connection: Connection, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (connection !== this.#connection) return;
      const { kind, message } = connection.aws.toAccountError(error);
      if (kind === "cancelled") return;
      this.#ports.warn(message, error);
      const { choice, snapshot } = connection;
      if (snapshot !== undefined) this.#become({ kind: "failed", choice, error: { kind, message }, snapshot });
    } finally {
      if (connection === this.#connection) this.#announce.now();
    }
  }

  #failed(task: Task, aws: AwsModule | undefined, error: unknown, snapshot: AccountSnapshot | undefined): void {
    if (task !== this.#current.task) return;
    const { choice } = task;
    const { kind, message } = aws?.toAccountError(error) ?? { kind: "failed", message: String(error) };
    // What fails again and again by the clock is noted once.
    const known = task.quiet && this.#state.kind === "failed" && this.#state.error.message === message;
    if (!known) this.#ports.warn(message, error);
    if (kind === "cancelled") {
      this.#become(snapshot === undefined ? { kind: "disconnected" } : { kind: "connected", choice, snapshot });
      return;
    }
    this.#become({
      kind: "failed",
      choice,
      error: { kind, message },
      ...(snapshot === undefined ? {} : { snapshot }),
    });
  }

  #connected(connection: Connection): void {
    const { choice, snapshot } = connection;
    if (snapshot === undefined) return;
    const fresh = this.#state.kind !== "connected";
    this.#state = { kind: "connected", choice, snapshot };
    // The totals are there: nobody waits for the last function to see what is in use.
    if (fresh) this.#usage.connected(connection);
    if (fresh) this.#announce.now();
    else this.#announce.soon();
  }

  #become(state: AccountState): void {
    this.#state = state;
    this.#announce.now();
    this.#polling.plan();
  }

  /** Stops everything of the account before. */
  #leave(): void {
    this.#current.drop();
    this.#close();
  }

  #close(): void {
    this.#usage.disconnected();
    this.#connection?.close();
    this.#connection = undefined;
  }

  async #lookUpLast(): Promise<void> {
    this.#lookedUp = true;
    const last = await this.#ports.memory.loadLast();
    if (last !== undefined && this.#state.kind === "disconnected") this.#become({ kind: "disconnected", last });
  }
}
