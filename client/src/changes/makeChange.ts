import { commands, ProgressLocation, window } from "vscode";
import type { AccountPlan, ApplyOptions, ApplyReport } from "#aws";
import { planText, type Wanted } from "#core";
import type { OpenAccount } from "../account/accountState.ts";
import { changeCommands } from "../ids.ts";
import { UserError } from "../userError.ts";
import { accountPhrase } from "../views/text.ts";
import type { ChangeContext } from "./changeContext.ts";
import { consequencesOf, doneSentence, reportText, stepLine } from "./changeText.ts";
import { confirmChange } from "./confirmChange.ts";
import { changesFolder } from "./freshFacts.ts";

/** A change that somebody asks for. */
export interface Change {
  /** In a few words, for journal and report: `orders to 25`. */
  readonly title: string;
  readonly mode: "set" | "apply";
  /** `Set the reservation of orders to 25?` */
  readonly question: string;
  /** `Set Reservation` */
  readonly action: string;
  /** Shows the plan before it is confirmed; false: the user does not want it. */
  readonly preview?: (planned: AccountPlan) => Promise<boolean>;
  /** What else follows from it, a sentence each. */
  readonly consequences?: readonly string[];
  /** Plans from fresh facts; called again when somebody changed something meanwhile. */
  readonly plan: () => Promise<AccountPlan>;
}

const showReport = "Show Report";
const showPlan = "Show Plan";
const again = "Plan Again";
const settle = "Finish or Undo";

/** Plans, has the plan confirmed, makes the calls with progress, and says what came of it. Cancelled: no call is made. */
export async function makeChange(context: ChangeContext, open: OpenAccount, change: Change): Promise<void> {
  const planned = await change.plan();
  const { plan, identity } = planned;
  const [problem] = plan.problems;
  if (problem !== undefined) return cannotBeDone(context, change, planned, problem.message);
  if (plan.steps.length === 0) {
    void window.showInformationMessage(`Nothing to change: it is so already in ${accountPhrase(identity)}.`);
    return;
  }
  checkCurrent(open);
  if (change.preview !== undefined && !(await change.preview(planned))) return;
  const confirmed = await confirmChange(context, {
    identity,
    question: change.question,
    action: change.action,
    changes: plan.steps.map(stepLine),
    consequences: [...consequencesOf(planned, open.snapshot), ...(change.consequences ?? [])],
  });
  if (!confirmed) return;
  checkCurrent(open);
  const { applyPlan } = await import("#aws");
  const report = await withProgress(change.title, (options) => applyPlan(open.session, planned, change, options));
  await refreshed(
    context,
    plan.steps.map(({ name }) => name),
  );
  if (report.result === "changed" && (await changedMeanwhile(context, change, planned, report)))
    return makeChange(context, open, change);
  if (report.result !== "changed") void told(context, change.title, planned.identity, report);
}

/** Throws a `UserError` once the account on screen is another than the one of the plan. */
export function checkCurrent({ isCurrent, snapshot }: OpenAccount): void {
  if (isCurrent()) return;
  throw new UserError(
    `Meanwhile ${accountPhrase(snapshot.identity)} is no longer connected. Nothing was changed; connect again and repeat it.`,
  );
}

/** Runs something that makes calls one by one, with progress that can be cancelled between two of them. */
export async function withProgress(
  title: string,
  work: (options: ApplyOptions) => Promise<ApplyReport>,
): Promise<ApplyReport> {
  const { learnedFloors } = await import("#aws");
  const folder = await changesFolder();
  const shown = { location: ProgressLocation.Notification, title, cancellable: true };
  return window.withProgress(shown, (progress, token) => {
    const abort = new AbortController();
    token.onCancellationRequested(() => abort.abort());
    return work({
      folder,
      signal: abort.signal,
      learnedFloors: learnedFloors(folder),
      onProgress: ({ index, total, step, result }) => {
        if (result !== undefined) progress.report({ increment: 100 / total });
        else progress.report({ message: `${index + 1} of ${total}: ${stepLine(step)}` });
      },
    });
  });
}

/** Reads again what may have changed, without keeping anybody waiting. */
export async function refreshed({ account, unfinished }: ChangeContext, names: readonly string[]): Promise<void> {
  await unfinished.look();
  const distinct = [...new Set(names)];
  void (async () => {
    if (distinct.length > 10) return account.refresh();
    for (const name of distinct) await account.refreshFunction(name);
  })();
}

/** Says what came of a change, with what can be done next. */
export async function told(
  { documents }: Pick<ChangeContext, "documents">,
  title: string,
  identity: AccountPlan["identity"],
  report: ApplyReport,
): Promise<void> {
  const { result, message = "", pending, notes, steps } = report;
  const left = pending === undefined ? [] : [settle];
  const offers = [...(steps.length + notes.length > 1 || result !== "done" ? [showReport] : []), ...left];
  const says = [result === "done" ? doneSentence(report) : message, ...notes].join(" ");
  const show = result === "done" && notes.length === 0 ? window.showInformationMessage : window.showWarningMessage;
  const picked = await show(says, ...offers);
  if (picked === showReport) await documents.showMarkdown("Report", reportText(title, accountPhrase(identity), report));
  if (picked === settle) await commands.executeCommand(changeCommands.finishApply);
}

async function cannotBeDone(
  { documents }: ChangeContext,
  { title }: Change,
  planned: AccountPlan,
  message: string,
): Promise<void> {
  const more = planned.plan.problems.length - 1;
  const says = more > 0 ? `${message} And ${more} more.` : message;
  void (async () => {
    const picked = await window.showErrorMessage(`${says} Nothing was changed.`, showPlan);
    if (picked === showPlan)
      await documents.showMarkdown("Plan", planText({ ...planned, title }, "markdown", new Date()));
  })();
}

/** True when the user wants to see a new plan. */
async function changedMeanwhile(
  { documents }: ChangeContext,
  { title }: Change,
  { identity }: AccountPlan,
  report: ApplyReport,
): Promise<boolean> {
  const says = [report.message ?? "", ...report.differences.slice(0, 3)].join(" ");
  const picked = await window.showWarningMessage(says, again, showReport);
  if (picked === showReport) await documents.showMarkdown("Report", reportText(title, accountPhrase(identity), report));
  return picked === again;
}

/** One number for each function. */
export function wantedFor(names: readonly string[], reserved: number | null): readonly Wanted[] {
  return names.map((name) => ({ name, reserved }));
}
