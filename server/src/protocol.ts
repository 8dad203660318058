/** The messages that this product adds to the language server protocol, shared by server and client. */
import { NotificationType, type Position, RequestType, RequestType0 } from "vscode-languageserver-protocol";
import type {
  AccountSnapshot,
  InAws,
  KnownEnvironments,
  PoolBudgetPlan,
  PoolFunction,
  PoolGrants,
  PoolLink,
  PoolTakeOver,
  PoolView,
} from "#core";

export type { KillGroupView, PoolRow, PoolView } from "#core";

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
  /** AWS refuses something in it for certain: it cannot be deployed. */
  readonly refused?: true;
  /** How it stands against what its account has left now; absent when that was not read. */
  readonly inAws?: InAws;
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
  /** Grant what the account reserves that the server was told of, instead of what the templates declare. */
  readonly fromAccount?: boolean;
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
  /** What was left out of the account or could not be read of the folder, and why, as sentences. */
  readonly left?: readonly string[];
}

/** Asks for the text of a budget file that grants what the templates of a folder, or the account, reserve today. Nothing is written. */
export const createBudgetRequest = new RequestType<CreateBudgetParams, CreateBudgetResult, void>(
  "lambdaConcurrency/createBudget",
);

/** What the client knows about the account; the server itself asks nobody. */
export interface AccountParams {
  /** null: not connected. */
  readonly snapshot: AccountSnapshot | null;
  /** Pools without `account` that the user linked to an account. */
  readonly links: readonly PoolLink[];
  /** Counts the messages; `poolsChanged` names that of the facts it speaks of. Absent: 0. */
  readonly revision?: number;
  /** The account does not answer any more: what is told was so when it was read. */
  readonly outdated?: boolean;
}

/** Sent by the client when its snapshot or the links have changed, and the server has analysed what was sent before. */
export const accountNotification = new NotificationType<AccountParams>("lambdaConcurrency/account");

/** What the pools are now made from. */
export interface PoolsChangedParams {
  /** Of the last `account` message that was analysed; 0 before the first one. */
  readonly revision: number;
}

/** Sent by the server when the pools are other ones, and for each revision of the account's facts once it is analysed. */
export const poolsChangedNotification = new NotificationType<PoolsChangedParams>("lambdaConcurrency/poolsChanged");

/** Every pool, budgets first. */
export const poolsRequest = new RequestType0<readonly PoolView[], void>("lambdaConcurrency/pools");

/**
 * What the budgets of the folders, and those above them up to the root of the repository, say of their environments; `unread` when one of
 * them cannot be read: then every account counts as production.
 */
export const environmentsRequest = new RequestType0<KnownEnvironments, void>("lambdaConcurrency/environments");

/** A pool, by `PoolView.id`. */
export interface PoolParams {
  readonly pool: string;
}

/** What applying a pool's budget to its account means, before the order of the calls; null without a budget or facts of an account. */
export const budgetPlanRequest = new RequestType<PoolParams, PoolBudgetPlan | null, void>(
  "lambdaConcurrency/budgetPlan",
);

/** The change that makes a pool's budget grant what its account reserves; null without a budget or facts of an account. Nothing is changed. */
export const takeOverRequest = new RequestType<PoolParams, PoolTakeOver | null, void>("lambdaConcurrency/takeOver");

/** What the budget of a pool is to grant, by `PoolRow.key`. */
export interface PoolGrantsParams extends PoolParams {
  readonly grants: Readonly<Record<string, number>>;
}

/** The change that makes a pool's budget grant these numbers; null without a budget. Nothing is changed. */
export const poolGrantsRequest = new RequestType<PoolGrantsParams, PoolGrants | null, void>(
  "lambdaConcurrency/poolGrants",
);

/** A place in a document. */
export interface FunctionAtParams {
  readonly uri: string;
  readonly position: Position;
}

/** The function that a template resource or a budget entry at this place stands for; null when there is none. `name` and `arn` are those of the live function. */
export const functionAtRequest = new RequestType<FunctionAtParams, PoolFunction | null, void>(
  "lambdaConcurrency/functionAt",
);

/** What a client may send as `initializationOptions`. */
export interface InitializationOptions {
  /** Milliseconds between a change and what follows from it for other files (and, without pull diagnostics, for the file itself); 0 = at once. Default 100. */
  readonly debounce?: number;
  /** A command of the client that shows places, called with `(uri, position, locations)`; code lenses are plain text without it. */
  readonly showPlacesCommand?: string;
  /** A command of the client that sets a reservation in the account, called with `(functionArn, reservation)`; without it no code lens offers that. */
  readonly setReservationCommand?: string;
  /** A command of the client that throws load at a function, called with `(functionArn)`; without it no code lens offers that. */
  readonly throwLoadCommand?: string;
  /** The `lambdaConcurrency` section, for clients that cannot be asked for configuration. */
  readonly settings?: unknown;
}
