/** What a plan starts from: fresh facts of one account and Region. */
export interface PlanState {
  /** Absent, as `unreserved`, where the account does not say it: then Lambda judges each call. */
  readonly limit?: number;
  /** `UnreservedConcurrentExecutions` as the account says it. */
  readonly unreserved?: number;
  readonly floor: number;
  /** Every function that is to be changed; others do not matter. */
  readonly functions: readonly PlanFunction[];
}

/** A state in which the account says what it has left. */
export interface KnownState extends PlanState {
  readonly limit: number;
  readonly unreserved: number;
}

/** A function as it is. */
export interface PlanFunction {
  readonly name: string;
  /** The reservation; null: none. */
  readonly reserved: number | null;
  readonly provisioned: readonly { readonly qualifier: string; readonly requested: number }[];
}

/** A reservation that somebody wants; null: none. */
export interface Wanted {
  readonly name: string;
  readonly reserved: number | null;
}

/** One call. `unreserved` is what is left after it, as the account would say; absent where the account does not say what is left. */
export type PlanStep =
  | {
      readonly kind: "put";
      readonly name: string;
      readonly from: number | null;
      readonly to: number;
      readonly unreserved?: number;
    }
  | { readonly kind: "delete"; readonly name: string; readonly from: number; readonly unreserved?: number }
  | {
      readonly kind: "deleteProvisioned" | "putProvisioned";
      readonly name: string;
      readonly qualifier: string;
      readonly requested: number;
      readonly unreserved?: number;
    };

/** Why something that is wanted cannot be done. */
export interface PlanProblem {
  /** The function it is about; absent when it is about the pool. */
  readonly name?: string;
  /** A sentence with the numbers, and what would help. */
  readonly message: string;
  /** By how much the pool is short, when that is the reason. */
  readonly short?: number;
}

/** Calls in an order in which Lambda accepts each of them. With `problems`, `steps` is empty: nothing is done by halves. */
export interface Plan {
  readonly steps: readonly PlanStep[];
  /** Wanted functions that are already as wanted. */
  readonly unchanged: readonly string[];
  /** Absent, as `unreservedAfter`, where the account does not say it. */
  readonly unreservedBefore?: number;
  /** With `problems`: what would be left if the wanted changes of known functions were made; may be below the floor. */
  readonly unreservedAfter?: number;
  readonly problems: readonly PlanProblem[];
  /** Sentences to show before it is run: provisioned concurrency that is away for a while, a start below the floor. */
  readonly notes: readonly string[];
}
