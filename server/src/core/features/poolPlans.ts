import type { WorkspaceEdit } from "vscode-languageserver-types";
import type { AccountIdentity } from "../accountSnapshot.ts";
import { type BudgetPlan, budgetPlan } from "../plan/budgetPlan.ts";
import type { FeatureContext } from "./context.ts";
import { openEdge } from "./edge.ts";
import { grantChanges, grantEdits } from "./grantChanges.ts";
import { poolId } from "./poolViews.ts";
import { type TakenOver, takeOver } from "./takeOver.ts";

/** What applying a pool's budget to its account means, before the order of the calls. */
export interface PoolBudgetPlan extends BudgetPlan {
  readonly name: string;
  /** URI of the budget file. */
  readonly budget: string;
  readonly environment?: string;
  /** Whose facts it was made from: the plan is for this account and Region alone. */
  readonly identity: AccountIdentity;
  /** What the budget says must stay unreserved; absent when it does not say. */
  readonly floor?: number;
  /** Mistakes in the budget file, as sentences: what it wants is only half understood. Absent when there is none. */
  readonly mistakes?: readonly string[];
}

/** What applying the budget of a pool means, by `PoolView.id`; undefined without budget or facts of an account. */
export function poolBudgetPlan({ analysis }: FeatureContext, id: string): PoolBudgetPlan | undefined {
  const pool = analysis.pools.find((one) => poolId(one) === id);
  const plan = pool && budgetPlan(pool);
  if (plan === undefined || pool?.budget === undefined || pool.live === undefined) return undefined;
  const { problems } = pool.budget.file;
  const environment = pool.budget.pool.environment?.value;
  return {
    ...plan,
    name: pool.name,
    budget: pool.budget.file.uri,
    ...(environment !== undefined && { environment }),
    identity: pool.live.snapshot.identity,
    ...(pool.floorSource === "configured" && { floor: pool.floor }),
    ...(problems.length > 0 && { mistakes: problems.map(({ message }) => message) }),
  };
}

/** The change that makes a budget grant what its account reserves. */
export interface PoolTakeOver extends Pick<TakenOver, "entries" | "left"> {
  readonly edit: WorkspaceEdit;
}

/** Takes the live reservations of a pool over into its budget, by `PoolView.id`; undefined without budget or facts of an account. */
export function poolTakeOver(context: FeatureContext, id: string): PoolTakeOver | undefined {
  const pool = context.analysis.pools.find((one) => poolId(one) === id);
  const taken = pool && takeOver(context, pool);
  const edit = taken && openEdge(context).workspaceEdit(taken.edits);
  return taken && edit && { edit, entries: taken.entries, left: taken.left };
}

/** The change that makes a budget grant what somebody typed. */
export interface PoolGrants {
  readonly edit: WorkspaceEdit;
  /** What could not be written, and why, as sentences. */
  readonly left: readonly string[];
}

/** Makes a pool's budget grant these numbers, by the keys of its rows; undefined without a budget. */
export function poolGrants(
  context: FeatureContext,
  id: string,
  grants: Readonly<Record<string, number>>,
): PoolGrants | undefined {
  const pool = context.analysis.pools.find((one) => poolId(one) === id);
  const written = pool && grantEdits(context, pool, grantChanges(pool, new Map(Object.entries(grants))));
  const edit = written && openEdge(context).workspaceEdit(written.edits);
  return written && edit && { edit, left: written.left };
}
