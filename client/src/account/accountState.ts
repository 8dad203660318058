import type { Event } from "vscode";
import type { AccountChoice, AccountErrorKind, Session } from "#aws";
import type { AccountIdentity, AccountSnapshot } from "#core";

/** What is shown of an account at this moment. */
export type AccountState =
  /** Nothing chosen, or disconnected. `last`: a snapshot from an earlier session, shown with its age. */
  | { readonly kind: "disconnected"; readonly last?: AccountSnapshot }
  /** `last`: what was kept of this account and Region, once it is known that it is this one. */
  | { readonly kind: "connecting"; readonly choice: AccountChoice; readonly last?: AccountSnapshot }
  /** Totals are there; `snapshot.reading` says how far the rest is. */
  | { readonly kind: "connected"; readonly choice: AccountChoice; readonly snapshot: AccountSnapshot }
  /** `snapshot`: of the same account and Region, from before the failure. */
  | {
      readonly kind: "failed";
      readonly choice: AccountChoice;
      readonly error: { readonly kind: AccountErrorKind; readonly message: string };
      readonly snapshot?: AccountSnapshot;
    };

/** The open connection of the account on screen, for as long as a change takes. */
export interface OpenAccount {
  readonly session: Session;
  /** What is on screen: to name and to suggest, never to act on. */
  readonly snapshot: AccountSnapshot;
  /** Whether this is still the account on screen: not once the user has switched or disconnected. */
  readonly isCurrent: () => boolean;
}

/** What shows the account; the sidebar where nothing is said. */
export type Viewer = "sidebar" | "pool";

/** The one account that the editor is connected to. Views and commands read it; nobody else asks AWS. */
export interface Account {
  readonly state: AccountState;
  readonly onDidChange: Event<void>;
  /** The user connected at least once in this installation: the status bar may say something. */
  readonly everConnected: boolean;
  /** Is the account a demo account, started by this window or for it? */
  readonly isDemo: boolean;
  /** The user waits for a reading: connecting, or a refresh that somebody asked for. Readings by the clock do not count. */
  readonly reading: boolean;
  /** Replaces whatever is connected; one attempt at a time, a new one cancels the one before. Never throws: see `state`. */
  connect(choice: AccountChoice): Promise<void>;
  disconnect(): Promise<void>;
  /** Reads everything again; the snapshot shown stays until the new totals are there. */
  refresh(): Promise<void>;
  /** Stops a connection or reading under way; what was read stays as partial. */
  cancel(): void;
  /** Reads one function again, with its details. */
  refreshFunction(name: string): Promise<void>;
  /** Reads provisioned concurrency, targets and mappings of one function, unless they are there. */
  readDetails(name: string): Promise<void>;
  /**
   * Works with the open connection, which stays open until the work is done. Before, the caller is asked who they are. Throws a `UserError` when
   * nothing is connected, the last reading failed, the credentials are not those of the account on screen any more, or the workspace is not trusted.
   */
  withSession<T>(work: (open: OpenAccount) => Promise<T>): Promise<T>;
  /** Which functions a viewer has on screen: their use is read, and kept five minutes. */
  showing(names: readonly string[], viewer?: Viewer): void;
  /** Whether a viewer can be seen: nothing is read by the clock while none is, and the last snapshot is looked up when one is. */
  viewVisible(visible: boolean, viewer?: Viewer): void;
}

/** The account that is connected, as far as it is known who that is. */
export function accountOf(state: AccountState): AccountIdentity | undefined {
  if (state.kind === "connected" || state.kind === "failed") return state.snapshot?.identity;
  return state.kind === "connecting" ? state.last?.identity : undefined;
}

/** The snapshot that a state shows. */
export function shownSnapshot(state: AccountState): AccountSnapshot | undefined {
  if (state.kind === "disconnected") return state.last;
  return state.kind === "connecting" ? state.last : state.snapshot;
}

/** Do two choices lead to the same account, as far as that can be said without asking? */
export function sameChoice(a: AccountChoice, b: AccountChoice): boolean {
  return (
    a.profile === b.profile &&
    a.region === b.region &&
    a.endpoint === b.endpoint &&
    (a.demo ?? false) === (b.demo ?? false)
  );
}
