import type { Place, Uri } from "../model.ts";

/** A value with the place it is written at. */
export interface Placed<T> {
  readonly value: T;
  readonly place: Place;
}

/** A `concurrency-budget.yaml`: one pool per YAML document. */
export interface BudgetFile {
  readonly uri: Uri;
  readonly pools: readonly BudgetPool[];
  /** Mistakes, each at its place; the rest of the file is still analysed. */
  readonly problems: readonly BudgetProblem[];
}

/** A mistake in a budget file (`budget-invalid`). */
export interface BudgetProblem {
  readonly place: Place;
  /** A sentence that says what to do. */
  readonly message: string;
  /** A replacement for the text at `place` that mends it, with the title of the fix. */
  readonly replacement?: { readonly title: string; readonly text: string };
}

/** One document of a budget file. Every key is optional except what makes sense of the others; see the design of the format in docs. */
export interface BudgetPool {
  /** 0-based index of the YAML document. */
  readonly index: number;
  /** `pool`, else account/region, else `pool N` (1-based). Unique names are not required. */
  readonly name: string;
  /** Where a finding about the pool stands when there is no `limit`: the `pool` value, else the document's first line. */
  readonly place: Place;
  readonly environment?: Placed<string>;
  /** There is one, but it cannot be read: it may be production. */
  readonly environmentUnread?: true;
  /** 12 digits. */
  readonly account?: Placed<string>;
  readonly region?: Placed<string>;
  /** Concurrent executions, ≥ 1. */
  readonly limit?: Placed<number>;
  /** ≥ 0. */
  readonly floor?: Placed<number>;
  /** ≥ 0. */
  readonly keepUnreserved?: Placed<number>;
  /** US dollars, above 0: what all reservations together may cost. */
  readonly maxCostPerHour?: Placed<number>;
  readonly stacks: readonly BudgetStack[];
  /** What of it cannot be read although it decides what the pool claims or may claim. */
  readonly unread?: readonly UnreadPart[];
  readonly reservations: readonly Grant[];
  readonly downstreams: readonly Downstream[];
  readonly killGroups: readonly KillGroup[];
}

/** A part of a budget document that cannot be read. */
export interface UnreadPart {
  readonly part: "document" | "limit" | "floor" | "stacks" | "reservations";
  /** A phrase: `the stacks of the budget cannot be read completely`. */
  readonly reason: string;
  /** Of a reservation: whose it is. */
  readonly pattern?: string;
}

/** A template deployed into the pool, one or more times. */
export interface BudgetStack {
  /** Path or glob relative to the budget file's folder. */
  readonly template: Placed<string>;
  /** Stack names; globs allowed with instances. Empty: samconfig's stack_name, else the folder. */
  readonly names: readonly Placed<string>[];
  /** samconfig environment. */
  readonly config?: Placed<string>;
  /** Values as strings, as CloudFormation passes them. */
  readonly parameters: ReadonlyMap<string, Placed<string>>;
  /** `parameters` as a path: a parameter file, relative to the budget file's folder. Excludes `parameters` as a mapping. */
  readonly parametersFile?: Placed<string>;
  /** Copies that share the pool; ≥ 1, default 1. */
  readonly instances: number;
  /** Parameters, environment or copies are written in a way that cannot be read: others count than are meant. */
  readonly unread?: true;
  readonly place: Place;
}

/** An entry of `reservations`: what a function may reserve. */
export interface Grant {
  /** FunctionName, or `stack/LogicalId` (nested: `stack/Child/LogicalId`); `*` allowed. */
  readonly pattern: string;
  /** The key. */
  readonly place: Place;
  /** Granted reservation; 0 with `off`. */
  readonly reserved: number;
  /** Declared 0 on purpose. */
  readonly off: boolean;
  /** The number (or `off`) as written. */
  readonly valuePlace: Place;
  readonly reason?: string;
  /** US dollars, above 0: what one copy of the function may cost. */
  readonly maxCostPerHour?: Placed<number>;
  readonly owner?: string;
}

/** A system behind functions that only bears so many of them at once. */
export interface Downstream {
  readonly name: string;
  readonly place: Place;
  readonly capacity: Placed<number>;
  /** Connections (or whatever is scarce) that one execution takes; default 1. */
  readonly perExecution: number;
  readonly functions: readonly Placed<string>[];
}

/** Functions that the kill switch offers as one. */
export interface KillGroup {
  readonly name: string;
  readonly place: Place;
  readonly functions: readonly Placed<string>[];
}
