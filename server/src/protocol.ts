/** The messages that this product adds to the language server protocol, shared by server and client. */
import {
  type Location,
  NotificationType,
  type Position,
  RequestType,
  RequestType0,
} from "vscode-languageserver-protocol";
import type { AccountSnapshot, PoolLink, Value, Verdict } from "#core";

/** How one pool stands, for a status display. */
export interface PoolStatus {
  readonly name: string;
  /** The budget file that declares it; absent for a template without a budget. */
  readonly budget?: string;
  readonly limit: number;
  /** `assumed`: nothing stated the limit. */
  readonly limitSource: "given" | "live" | "assumed";
  readonly floor: number;
  /** null when it cannot be decided. */
  readonly claimed: number | null;
  /** limit − claimed; null when it cannot be decided. */
  readonly unreserved: number | null;
  readonly verdict: "fits" | "over" | "depends";
}

/** What the server is doing and what it found. */
export interface Status {
  /** `busy`: the folders are being searched. `faulty`: a bug kept something from being checked; `notes` says what. */
  readonly state: "busy" | "idle" | "disabled" | "faulty";
  /** Pools with a budget first, then by name; at most 100. */
  readonly pools: readonly PoolStatus[];
  /** How many pools there are, those left out included. */
  readonly poolCount: number;
  readonly budgets: number;
  readonly templates: number;
  readonly errors: number;
  readonly warnings: number;
  readonly information: number;
  /** Sentences for the user: files that could not be read, a search that was cut, internal errors. At most 20. */
  readonly notes: readonly string[];
}

/** Sent whenever the status has changed. */
export const statusNotification = new NotificationType<Status>("lambdaConcurrency/status");

/** Which folder a new budget file is for. */
export interface CreateBudgetParams {
  /** URI of a folder. */
  readonly folder: string;
}

/** A budget file to be created. */
export interface CreateBudgetResult {
  /** Where it belongs. */
  readonly uri: string;
  readonly text: string;
  /** Templates it lists. */
  readonly templates: number;
  /** True when there is already a file at `uri`. */
  readonly exists: boolean;
}

/** Asks for the text of a budget file that grants what the templates of a folder reserve today. Nothing is written. */
export const createBudgetRequest = new RequestType<CreateBudgetParams, CreateBudgetResult, void>(
  "lambdaConcurrency/createBudget",
);

/** What the client knows about the account; the server itself asks nobody. */
export interface AccountParams {
  /** null: not connected. */
  readonly snapshot: AccountSnapshot | null;
  /** Pools without `account` that the user linked to an account. */
  readonly links: readonly PoolLink[];
}

/** Sent by the client when its snapshot or the links have changed, at most every two seconds while an account is being read. */
export const accountNotification = new NotificationType<AccountParams>("lambdaConcurrency/account");

/** One function of a pool: what is granted, declared and live. */
export interface PoolRow {
  /** `stack/LogicalId`, or the pattern of a grant that no declared function uses. */
  readonly key: string;
  /** FunctionName: the live one, else the declared one. */
  readonly name?: string;
  /** What the budget grants; null: nothing. 0 with `off`. */
  readonly granted: number | null;
  readonly off: boolean;
  /** What the template declares; absent when no template declares the function. */
  readonly declared?: Value;
  /** What the account says; absent when the pool has no live facts, unknown when not read or ambiguous, `missing` when there is no such function. */
  readonly live?: Value | "missing";
  /** ARN of the live function. */
  readonly arn?: string;
  /** The likely cause, as a sentence, when budget, template and live disagree. */
  readonly difference?: string;
  readonly places: { readonly budget?: Location; readonly template?: Location };
}

/** One pool with its functions, for the sidebar. */
export interface PoolView {
  /** Stays the same from one answer to the next. */
  readonly id: string;
  readonly name: string;
  /** URI of the budget file; absent for a template without a budget. */
  readonly budget?: string;
  readonly place?: Location;
  readonly environment?: string;
  readonly account: string | null;
  readonly region: string | null;
  /** Does the snapshot belong to this pool? */
  readonly live: boolean;
  readonly limit: number;
  readonly limitSource: "given" | "live" | "assumed";
  readonly floor: number;
  readonly floorSource: "configured" | "learned" | "estimated";
  readonly claimed: Value;
  readonly unreserved: Value;
  readonly granted: number;
  readonly verdict: Verdict;
  /** Declared functions, then grants nobody declares, then live functions with a reservation that nobody declares; at most 5,000. */
  readonly rows: readonly PoolRow[];
}

/** Every pool, budgets first. */
export const poolsRequest = new RequestType0<readonly PoolView[], void>("lambdaConcurrency/pools");

/** A place in a document. */
export interface FunctionAtParams {
  readonly uri: string;
  readonly position: Position;
}

/** The function that a template resource or a budget entry at this place stands for; null when there is none. `name` and `arn` are those of the live function. */
export const functionAtRequest = new RequestType<
  FunctionAtParams,
  { readonly key: string; readonly name?: string; readonly arn?: string; readonly pool: string } | null,
  void
>("lambdaConcurrency/functionAt");

/** What a client may send as `initializationOptions`. */
export interface InitializationOptions {
  /** Milliseconds between a change and what follows from it for other files (and, without pull diagnostics, for the file itself); 0 = at once. Default 100. */
  readonly debounce?: number;
  /** A command of the client that shows places, called with `(uri, position, locations)`; code lenses are plain text without it. */
  readonly showPlacesCommand?: string;
  /** The `lambdaConcurrency` section, for clients that cannot be asked for configuration. */
  readonly settings?: unknown;
}
