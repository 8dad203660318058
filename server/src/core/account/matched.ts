import type { OnlyBudgeted, PoolClaim, Stack } from "../analysis.ts";
import type { Grant } from "../budgetFile/budgetFile.ts";
import type { DeclaredFunction } from "../model.ts";

/** What the live functions are held against. */
export interface Matched {
  readonly claims: readonly PoolClaim[];
  readonly onlyBudgeted: readonly OnlyBudgeted[];
  /** Functions outside the pool: they stand for a live function too. */
  readonly outside: readonly { readonly function: DeclaredFunction; readonly stack: Stack; readonly key: string }[];
  /** Stacks of whose name somebody is sure, as opposed to the name of a folder. */
  readonly named: ReadonlySet<Stack>;
  readonly stacks: readonly Stack[];
  /** Stacks in which more may be declared than can be seen. */
  readonly unseen: readonly { readonly stack: Stack }[];
  /** The budget's entries. */
  readonly grants: readonly Grant[];
}
