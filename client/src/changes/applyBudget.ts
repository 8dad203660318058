import { Uri, workspace } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { accountKey, accountPhrase } from "#core";
import type { BudgetWish } from "#operations";
import type { OpenAccount } from "../account/accountState.ts";
import { asUserErrors } from "../operations/editor.ts";
import { UserError } from "../userError.ts";
import type { BudgetContext } from "./budgetContext.ts";
import { pickPool, withFreshAccount } from "./budgetPool.ts";
import { changeOperation } from "./changeOperation.ts";
import { changeUi, planUi } from "./changeUi.ts";

/** Shows, as a document, what would make the account what a budget grants. Nothing is changed. */
export async function showPlan(context: BudgetContext, node: unknown): Promise<void> {
  await runWish(context, node, true);
}

/** Makes the account what a budget grants: plan as a document, confirmation, progress, report. */
export async function applyBudget(context: BudgetContext, node: unknown): Promise<void> {
  await runWish(context, node, false);
}

async function runWish(context: BudgetContext, node: unknown, dryRun: boolean): Promise<void> {
  await withFreshAccount(context, async (open, client) => {
    const wish = await wishOf(context, open, client, node);
    if (wish === undefined) return;
    const { applyBudget: apply } = await import("#operations");
    const ui = dryRun ? planUi : changeUi;
    await asUserErrors(async () => apply(await changeOperation(context, open, ui), { ...wish, dryRun }));
  });
}

/** What a pool's budget wants; undefined when no pool is picked. */
async function wishOf(
  context: BudgetContext,
  { snapshot }: OpenAccount,
  client: LanguageClient,
  node: unknown,
): Promise<BudgetWish | undefined> {
  const pool = await pickPool(context, snapshot, node, "Budget to apply");
  if (pool === undefined) return undefined;
  const { budgetPlanRequest } = await import("../languageClient.ts");
  const wanted = await client.sendRequest(budgetPlanRequest, { pool: pool.id });
  if (wanted === null || accountKey(wanted.identity) !== accountKey(snapshot.identity))
    throw new UserError(`${pool.name} is not compared with ${accountPhrase(snapshot.identity)} any more. Try again.`);
  const uri = Uri.parse(wanted.budget);
  const file = workspace.asRelativePath(uri);
  const [mistake] = wanted.mistakes ?? [];
  if (mistake !== undefined) throw new UserError(`${file} has mistakes, so it is not applied: ${mistake}`);
  const unsaved = workspace.textDocuments.some((each) => each.uri.toString() === uri.toString() && each.isDirty);
  const title = `${file}, pool ${wanted.name}${unsaved ? " (with changes that are not saved)" : ""}`;
  const floor = wanted.floor ?? (await context.editor.statedFloor());
  return {
    name: wanted.name,
    title,
    identity: wanted.identity,
    rows: wanted.rows,
    notPlanned: wanted.notPlanned,
    ...(floor !== undefined && { floor }),
    consequences: unsaved ? [`${file} has changes that are not saved; they count.`] : [],
  };
}
