import { Uri, window, workspace } from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { AccountPlan } from "#aws";
import { accountKey, planText } from "#core";
import type { OpenAccount } from "../account/accountState.ts";
import { UserError } from "../userError.ts";
import { accountPhrase, counted } from "../views/text.ts";
import { pickPool, withFreshAccount } from "./budgetPool.ts";
import type { ChangeContext } from "./changeContext.ts";
import { floorOf, planFresh } from "./freshFacts.ts";
import { makeChange } from "./makeChange.ts";

/** Up to this many changes a confirmation lists all of them; with more the plan has to be read first. */
const listed = 12;

/** Shows, as a document, what would make the account what a budget grants. Nothing is changed. */
export async function showPlan(context: ChangeContext, node: unknown): Promise<void> {
  await withFreshAccount(context, async (open, client) => {
    const budget = await budgetOf(context, open, client, node);
    if (budget === undefined) return;
    await budget.show(await budget.plan());
  });
}

/** Makes the account what a budget grants: plan as a document, confirmation, progress, report. */
export async function applyBudget(context: ChangeContext, node: unknown): Promise<void> {
  await withFreshAccount(context, async (open, client) => {
    const budget = await budgetOf(context, open, client, node);
    if (budget === undefined) return;
    await makeChange(context, open, {
      title: budget.title,
      mode: "apply",
      question: `Apply the budget of pool ${budget.name}?`,
      action: "Apply Budget",
      plan: budget.plan,
      preview: async (planned) => {
        await budget.show(planned, { preserveFocus: true });
        return planned.plan.steps.length <= listed || (await isRead(planned));
      },
      consequences: budget.consequences,
    });
  });
}

/** What a pool's budget wants, and how it is planned and shown. */
interface BudgetToApply {
  readonly name: string;
  readonly title: string;
  readonly plan: () => Promise<AccountPlan>;
  readonly show: (planned: AccountPlan, options?: { readonly preserveFocus: boolean }) => Promise<void>;
  readonly consequences: readonly string[];
}

async function budgetOf(
  context: ChangeContext,
  { session, snapshot }: OpenAccount,
  client: LanguageClient,
  node: unknown,
): Promise<BudgetToApply | undefined> {
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
  const known = await floorOf(context, snapshot.identity);
  const floor = wanted.floor === undefined ? known : { ...known, floor: wanted.floor };
  const { notPlanned } = wanted;
  const left = `${counted(notPlanned.length, "entry", "entries")} of the budget ${notPlanned.length === 1 ? "is" : "are"} not applied; the plan says why.`;
  return {
    name: wanted.name,
    title,
    plan: () => planFresh(session, wanted.wanted, floor),
    show: (planned, options) => {
      const text = planText({ ...planned, title, notPlanned }, "markdown", new Date());
      return context.documents.showMarkdown(`Plan for ${wanted.name}`, text, options);
    },
    consequences: [
      ...(notPlanned.length === 0 ? [] : [left]),
      ...(unsaved ? [`${file} has changes that are not saved; they count.`] : []),
    ],
  };
}

/** Lets the plan be read behind a question that does not cover it. */
async function isRead({ plan }: AccountPlan): Promise<boolean> {
  const go = { label: `Apply ${counted(plan.steps.length, "change")}…`, detail: "You are asked once more." };
  const stop = { label: "Cancel", detail: "Nothing is changed." };
  const picked = await window.showQuickPick([go, stop], {
    title: "Read the plan first",
    placeHolder: "It can be scrolled while this is open",
    ignoreFocusOut: true,
  });
  return picked === go;
}
