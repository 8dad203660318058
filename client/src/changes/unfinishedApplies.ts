import { type Disposable, EventEmitter } from "vscode";
import type { ApplyRecord } from "#aws";
import { accountKey } from "#core";
import { type Account, accountOf } from "../account/accountState.ts";
import { changesFolder } from "../operations/changesFolder.ts";

/** The applies to the connected account that ended half way on this machine. */
export class UnfinishedApplies {
  readonly #account: Account;
  readonly #changed = new EventEmitter<void>();
  readonly #following: Disposable;
  #records: readonly ApplyRecord[] = [];
  #key: string | undefined;

  /** Fires when `records` has changed. */
  readonly onDidChange = this.#changed.event;

  constructor(account: Account) {
    this.#account = account;
    this.#following = account.onDidChange(() => {
      if (this.#keyNow() !== this.#key) void this.look();
    });
  }

  /** Oldest first. */
  get records(): readonly ApplyRecord[] {
    return this.#records;
  }

  /** Looks again: after a change of this window, or when the account is another. */
  async look(): Promise<void> {
    const key = this.#keyNow();
    this.#key = key;
    const records = key === undefined ? [] : await read(key);
    if (key !== this.#key || (records.length === 0 && this.#records.length === 0)) return;
    this.#records = records;
    this.#changed.fire();
  }

  dispose(): void {
    this.#following.dispose();
    this.#changed.dispose();
  }

  /** Only a connected account counts: before, nothing of AWS is loaded. */
  #keyNow(): string | undefined {
    const { state } = this.#account;
    const identity = state.kind === "connected" ? accountOf(state) : undefined;
    return identity && accountKey(identity);
  }
}

async function read(key: string): Promise<readonly ApplyRecord[]> {
  const { pendingApplies } = await import("#aws");
  const { records } = await changesFolder()
    .then(pendingApplies)
    .catch(() => ({ records: [] }));
  return records.filter((record) => record.key === key);
}
