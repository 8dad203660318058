import { AccountError } from "#aws";
import { type AccountIdentity, accountKey, type BudgetPlan, budgetPlan, many, type Pool } from "#core";
import { type AccountChange, type ChangeOutcome, type ChangePreview, changeAccount } from "./changeAccount.ts";
import type { Operation } from "./operation.ts";

/** A pool's budget, as far as it is compared with its account. */
export interface BudgetWish
  extends Pick<BudgetPlan, "rows" | "notPlanned">,
    Pick<AccountChange, "title" | "floor" | "consequences" | "dryRun"> {
  /** Name of the pool. */
  readonly name: string;
  /** Whose facts it was compared with. */
  readonly identity: AccountIdentity;
}

/** What a pool's budget wants; `file` is what the budget is called. Undefined when the pool has no facts of an account. */
export function budgetWish(pool: Pool, file: string): BudgetWish | undefined {
  const wanted = budgetPlan(pool);
  if (wanted === undefined || pool.live === undefined) return undefined;
  const { name, floor, floorSource, live } = pool;
  return {
    ...wanted,
    name,
    title: `${file}, pool ${name}`,
    identity: live.snapshot.identity,
    ...(floorSource === "configured" && { floor }),
  };
}

/**
 * Makes an account what a budget grants. Functions that were found as granted are left alone. Throws an `AccountError` when
 * the credentials lead to another account than the one that the budget was compared with.
 */
export async function applyBudget(
  operation: Operation<ChangePreview, ChangeOutcome>,
  { name, identity, rows, notPlanned, consequences = [], ...rest }: BudgetWish,
): Promise<ChangeOutcome> {
  if (accountKey(identity) !== accountKey(operation.session.identity))
    throw new AccountError(
      "changed",
      "The credentials lead to another account than a moment ago. Nothing was changed.",
    );
  const differing = rows.filter(({ live, granted }) => live !== granted);
  const left = many(notPlanned.length, "entry", "entries");
  return await changeAccount(operation, {
    ...rest,
    mode: "apply",
    pool: name,
    what: (calls) => `Apply the budget of pool ${name}: ${many(calls, "call")}`,
    action: "Apply Budget",
    wanted: differing.map(({ name: fn, granted }) => ({ name: fn, reserved: granted })),
    unchanged: rows.filter((row) => !differing.includes(row)).map((row) => row.name),
    notPlanned,
    consequences: [
      ...(notPlanned.length === 0
        ? []
        : [`${left} of the budget ${notPlanned.length === 1 ? "is" : "are"} not applied; the plan says why.`]),
      ...consequences,
    ],
  });
}
