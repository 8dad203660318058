import type { Event } from "vscode";
import type {
  AccountChoice,
  AccountError,
  AccountLists,
  LocalKnowledge,
  NoTotals,
  Session,
  SessionHost,
  Totals,
  UsageReader,
} from "#aws";
import type { AccountSnapshot, FunctionDetails, KillRecord, LiveFunction, ReadFirst } from "#core";
import type { Clock } from "../clock.ts";

/** What the store uses of `#aws`, which is loaded when the user first asks for an account. */
export interface AwsModule {
  openSession(choice: AccountChoice, host: SessionHost): Promise<Session>;
  readSnapshot(
    session: Session,
    options: {
      readonly signal?: AbortSignal;
      readonly onProgress?: (snapshot: AccountSnapshot) => void;
      readonly previous?: AccountSnapshot;
      readonly learnedFloor?: number;
      readonly killed?: readonly KillRecord[];
      readonly problems?: readonly AccountError[];
      readonly first?: Promise<ReadFirst>;
      readonly shown?: readonly string[];
    },
  ): Promise<AccountSnapshot>;
  localKnowledge(session: Session, stateFolder: () => string): Promise<LocalKnowledge>;
  totalsIfOffered(session: Session, signal?: AbortSignal): Promise<Totals | NoTotals>;
  readFunction(session: Session, name: string, signal?: AbortSignal): Promise<LiveFunction>;
  readDetails(session: Session, fn: LiveFunction, signal?: AbortSignal, lists?: AccountLists): Promise<FunctionDetails>;
  createAccountLists(session: Session, options: { readonly maxAgeMs?: number }): AccountLists;
  createUsageReader(
    session: Session,
    options: { readonly maxAgeMs?: number; readonly now?: () => number; readonly running?: boolean },
  ): UsageReader;
  snapshotCache(folder: string): {
    load(key: string): Promise<AccountSnapshot | undefined>;
    save(snapshot: AccountSnapshot): Promise<void>;
  };
  stateFolder(env: SessionHost["env"]): string;
  toAccountError(error: unknown): AccountError;
}

/** The settings that the store follows; read anew each time. */
export interface AccountSettings {
  /** Read metrics at all: they cost money. */
  readonly usage: boolean;
  /** How many functions' metrics are read at once, at most. */
  readonly usageFunctions: number;
  /** Minutes between readings by the clock; 0: never. */
  readonly refreshMinutes: number;
}

/** What outlives the window. */
export interface AccountMemory {
  readonly everConnected: boolean;
  connected(choice: AccountChoice): void;
  /** The last snapshot of this workspace, from a file of the extension. */
  loadLast(): Promise<AccountSnapshot | undefined>;
  saveLast(snapshot: AccountSnapshot): Promise<void>;
}

/** Everything that the store needs from outside. */
export interface AccountPorts {
  readonly aws: () => Promise<AwsModule>;
  readonly host: (choice: AccountChoice, signal: AbortSignal) => SessionHost;
  readonly changes: { readonly event: Event<void>; fire(): void };
  readonly clock: Clock;
  readonly settings: () => AccountSettings;
  readonly memory: AccountMemory;
  /** What the files declare: it is read first. */
  readonly first: () => Promise<ReadFirst>;
  /** Why no account may be asked here (a workspace that is not trusted), as a sentence. */
  readonly refusal: () => string | undefined;
  /** Called before anything else is connected: what the choice before needed may end. */
  readonly chosen: (choice: AccountChoice | undefined) => void;
  readonly warn: (message: string, error: unknown) => void;
}
