import type { RetryPolicy, Session } from "#aws";
import type { AccountIdentity, AccountSnapshot } from "#core";
import type { Ui } from "./ui.ts";

/** What every operation works on. */
export interface Operation<Preview, Outcome> {
  readonly session: Session;
  readonly state: OperationState;
  readonly ui: Ui<Preview, Outcome>;
}

/** What this machine, its files and its settings say beside the account. */
export interface OperationState {
  /** State folder: journals, the log of changes, learned floors. */
  readonly folder: string;
  /** Why this account asks for more care, as a sentence; undefined when it does not. What cannot be read counts as production. */
  production(identity: AccountIdentity): Promise<string | undefined>;
  /** What is on screen of the account: to say how busy functions were, never to act on. */
  readonly shown?: AccountSnapshot;
  /** How waiting is done. Default: on the clock. */
  readonly retryPolicy?: RetryPolicy;
  /** Milliseconds since 1970. Default: the clock. */
  readonly now?: () => number;
}
