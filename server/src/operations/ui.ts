import type { AccountIdentity } from "#core";

/**
 * How an operation talks with whoever asked for it. The editor and the command line have one each; an operation shows,
 * asks and reports through it alone. `Preview`: what the operation shows before it is confirmed; `Outcome`: how it ended.
 */
export interface Ui<Preview, Outcome> {
  /**
   * Does somebody answer while the operation runs? False where the answer was given beforehand (`--yes`): it covers
   * what is shown first, and no later preview.
   */
  readonly interactive: boolean;
  /** Shows what will happen, also when it cannot be done and when it changed since the last preview. */
  preview(preview: Preview): Promise<void>;
  /** Asks whether what was shown is wanted. Rejects where nobody can be asked. */
  confirm<Other extends string = never>(confirmation: Confirmation<Other>): Promise<Answer<Other>>;
  /** Asks for one of several; undefined: cancelled. */
  choose<Value>(choice: Choice<Value>): Promise<Value | undefined>;
  /**
   * Does work that takes a while; `title` says what, `brief` that it ends in a moment, `changes` which functions are being switched off or
   * restored by it. The work follows `progress.signal`.
   */
  progress<Result>(
    title: string,
    work: (progress: Progress) => Promise<Result>,
    options?: { readonly brief?: boolean; readonly changes?: readonly string[] },
  ): Promise<Result>;
  /** Says how it ended; called exactly once, unless the operation rejects. */
  report(outcome: Outcome): Promise<void>;
}

/** What is to be confirmed; `Other`: labels of further answers. */
export interface Confirmation<Other extends string = never> {
  readonly identity: AccountIdentity;
  /** Without a question mark: `Set the reservation of orders to 25`. */
  readonly what: string;
  /** In two or three words, for a button: `Set Reservation`. */
  readonly action: string;
  /** What will be done, a line each: `orders: 10 → 25 (+15)`. */
  readonly changes: readonly string[];
  /** What follows from it, a sentence each. */
  readonly consequences: readonly string[];
  /** Why the account asks for more care, as a sentence: then its name or ID must be given with the answer. */
  readonly production?: string;
  /** Further answers, where the ui has room for them. */
  readonly others?: readonly Other[];
}

/** What was answered. */
export interface Answer<Other extends string = never> {
  readonly kind: "yes" | "no" | Other;
  /** The alias or ID of the account, as somebody typed or stated it with a yes. */
  readonly account?: string;
}

/** A choice of one out of several. */
export interface Choice<Value> {
  readonly title: string;
  /** What is asked for: `Which one`. */
  readonly placeholder: string;
  readonly items: readonly ChoiceItem<Value>[];
}

/** One of several to choose from. */
export interface ChoiceItem<Value> {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly value: Value;
}

/** How far work is, and whether it is still wanted. */
export interface Progress {
  /** Aborts when the user cancels: an operation ends before its next call. */
  readonly signal: AbortSignal;
  /** Says what is done now. */
  say(what: string): void;
  /** Says that one of so many parts is done. */
  advance(total: number): void;
}
