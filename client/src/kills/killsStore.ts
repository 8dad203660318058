import type { Event } from "vscode";
import type { KillList, ListedKill } from "#aws";
import type { Clock } from "../clock.ts";
import type { Allocation, KillAction } from "./killActivity.ts";
import { isOverdue } from "./killState.ts";
import { type AccountKills, type KnownKills, mergeKills } from "./mergeKills.ts";

/** Everything that the store needs from outside. */
export interface KillsPorts {
  /** The journal of this machine. */
  readonly readLocal: () => Promise<KillList>;
  /** The tags of the connected account; undefined when none is connected. */
  readonly readAccount: () => Promise<AccountKills | undefined>;
  readonly changes: { readonly event: Event<void>; fire(): void };
  readonly clock: Clock;
  readonly warn: (message: string, error: unknown) => void;
}

/** A timer does not run longer than this, milliseconds; it is set again. */
const longestTimer = 12 * 60 * 60_000;

/** What is off and not restored, as far as somebody looked. Asks the account only when it is told to. */
export class KillsStore {
  readonly onDidChange: Event<void>;
  readonly #ports: KillsPorts;
  readonly #actions = new Map<string, KillAction>();
  readonly #allocations = new Map<string, Allocation>();
  #local: KillList | undefined;
  #account: AccountKills | undefined;
  #known: KnownKills | undefined;
  #reading: Promise<void> | undefined;
  #again: "local" | "all" | undefined;
  #timer: (() => void) | undefined;

  constructor(ports: KillsPorts) {
    this.#ports = ports;
    this.onDidChange = ports.changes.event;
  }

  /** Undefined while nobody looked. */
  get known(): KnownKills | undefined {
    return this.#known;
  }

  /** Kills whose end has passed. */
  get expired(): readonly ListedKill[] {
    const now = this.#ports.clock.now();
    return (this.#known?.kills ?? []).filter((kill) => isOverdue(kill, now));
  }

  /** Provisioned concurrency that comes back, in the order in which it was restored. */
  get allocations(): readonly Allocation[] {
    return [...this.#allocations.values()];
  }

  /** Is provisioned concurrency of this function being followed? */
  follows(key: string, name: string): boolean {
    return this.#allocations.has(`${key}/${name}`);
  }

  /** What this window is doing to a function now. */
  actionOn(key: string, name: string): KillAction | undefined {
    return this.#actions.get(`${key}/${name}`);
  }

  /** Reads the journal of this machine again. */
  lookHere(): Promise<void> {
    return this.#look("local");
  }

  /** Reads journal and tags again. */
  look(): Promise<void> {
    return this.#look("all");
  }

  /** Another account is connected, or none: what the tags of the one before said is forgotten. */
  forgetAccount(): void {
    if (this.#account === undefined) return;
    this.#account = undefined;
    this.#show();
  }

  /** Marks functions as being switched off or restored until the work is done. */
  async whileMarked<T>(action: KillAction, key: string, names: readonly string[], work: () => Promise<T>): Promise<T> {
    for (const name of names) this.#actions.set(`${key}/${name}`, action);
    this.#ports.changes.fire();
    try {
      return await work();
    } finally {
      for (const name of names) this.#actions.delete(`${key}/${name}`);
      this.#ports.changes.fire();
    }
  }

  /** How provisioned concurrency of a function is; undefined: it is there, or nobody wants to know any more. */
  setAllocation(key: string, name: string, allocation: Allocation | undefined): void {
    if (allocation === undefined) {
      if (!this.#allocations.delete(`${key}/${name}`)) return;
    } else this.#allocations.set(`${key}/${name}`, allocation);
    this.#ports.changes.fire();
  }

  /** Nobody follows it any more: what has not failed is no longer shown. */
  forgetAllocation(key: string, name: string): void {
    if (this.#allocations.get(`${key}/${name}`)?.failed === undefined) this.setAllocation(key, name, undefined);
  }

  dispose(): void {
    this.#timer?.();
  }

  /** One reading at a time; what is asked meanwhile is done afterwards, once. */
  #look(what: "local" | "all"): Promise<void> {
    if (this.#reading !== undefined) {
      if (this.#again !== "all") this.#again = what;
      return this.#reading;
    }
    this.#reading = this.#read(what).finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(first: "local" | "all"): Promise<void> {
    for (let what: "local" | "all" | undefined = first; what !== undefined; what = this.#again) {
      this.#again = undefined;
      try {
        if (what === "all") this.#account = await this.#ports.readAccount();
      } catch (error) {
        this.#ports.warn("The tags of kills could not be read.", error);
      }
      try {
        this.#local = await this.#ports.readLocal();
      } catch (error) {
        this.#ports.warn("The records of kills on this machine could not be read.", error);
      }
      this.#show();
    }
  }

  #show(): void {
    if (this.#local !== undefined) this.#known = mergeKills(this.#local, this.#account);
    this.#wait();
    this.#ports.changes.fire();
  }

  /** Wakes up when the next kill expires. */
  #wait(): void {
    this.#timer?.();
    this.#timer = undefined;
    const now = this.#ports.clock.now().getTime();
    const ends = (this.#known?.kills ?? []).flatMap(({ record }) => {
      const end = record.until === undefined ? Number.NaN : Date.parse(record.until);
      return end > now ? [end] : [];
    });
    if (ends.length === 0) return;
    const next = Math.min(...ends) - now;
    this.#timer = this.#ports.clock.after(Math.min(next, longestTimer), () => {
      this.#ports.changes.fire();
      this.#wait();
    });
  }
}
