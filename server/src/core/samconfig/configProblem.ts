import type { Place } from "../model.ts";

/** Something about a samconfig or parameter file that keeps a stack's parameters from being known. */
export interface ConfigProblem {
  /** In the budget where it names what is missing, else in the configuration file. */
  readonly place: Place;
  /** A sentence that says what to do. */
  readonly message: string;
  /** Nothing is unknown because of it: another samconfig says the same and counts. */
  readonly rule?: "samconfig-shadowed";
}
