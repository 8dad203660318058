import { type AccountPlan, type ApplyReport, applyPlan } from "#aws";
import { type NotPlanned, num, type Plan, planText, type Wanted } from "#core";
import { appliedText, consequencesOf, reportText, stepLine, withUseNotes } from "./changeText.ts";
import { confirm } from "./confirm.ts";
import type { Operation } from "./operation.ts";
import { planFresh } from "./planFresh.ts";
import { withSteps } from "./withSteps.ts";

/** Reservations that somebody wants, however they came to want them. */
export interface AccountChange {
  readonly mode: "set" | "apply";
  /** In a few words, for journal and report: `orders to 25`. */
  readonly title: string;
  /** Name of the pool; absent when no budget is applied. */
  readonly pool?: string;
  /** What is asked, without a question mark, of so many calls. */
  readonly what: (calls: number) => string;
  /** For a button: `Set Reservation`. */
  readonly action: string;
  readonly wanted: readonly Wanted[];
  /** Functions that were found to be as wanted before. */
  readonly unchanged?: readonly string[];
  readonly notPlanned?: readonly NotPlanned[];
  /** The floor that a budget or a user states; it counts more than the one that was learned here. */
  readonly floor?: number;
  /** What else follows from it, a sentence each. */
  readonly consequences?: readonly string[];
  /** Id, in the log of changes, of the set or apply that this takes back. */
  readonly undoes?: string;
  /** What these functions have to have now: another reservation is a problem of the plan. Absent: it does not matter. */
  readonly expected?: ReadonlyMap<string, number | null>;
  /** Only shows what would be done. */
  readonly dryRun?: boolean;
}

/** A plan that is shown. */
export interface ChangePreview {
  readonly pool?: string;
  readonly title: string;
  readonly planned: AccountPlan;
  readonly notPlanned: readonly NotPlanned[];
  /** What is different from the preview before, which was confirmed; absent with the first. */
  readonly changed?: ApplyReport;
  /** The plan as a document for people. */
  text(form: "markdown" | "text"): string;
}

/** How a change ended. */
export interface ChangeOutcome extends ChangePreview {
  /**
   * - `impossible`: `planned.plan.problems` say why; nothing was done.
   * - `nothing`: it is so already.
   * - `shown`: a dry run; nothing was done.
   * - `cancelled`: not confirmed; nothing was done.
   * - `applied`: begun, or refused just before; `applied` says what came of it.
   */
  readonly kind: "impossible" | "nothing" | "shown" | "cancelled" | "applied";
  /** What came of the calls; null: none was made. */
  readonly applied: ApplyReport | null;
  /** What was done, or why not, as one sentence or a few. */
  readonly says: string;
  /** What came of it as a Markdown document, in the place of the plan. */
  report(account: string): string;
}

/**
 * Plans from fresh facts, shows the plan, has it confirmed and makes its calls: the plan that was shown and no other. When
 * the account is another by then, nothing is done, and the new plan is shown and asked for again.
 */
export async function changeAccount(
  operation: Operation<ChangePreview, ChangeOutcome>,
  change: AccountChange,
): Promise<ChangeOutcome> {
  const { session, state, ui } = operation;
  const { title, mode, undoes, notPlanned = [] } = change;
  const purpose = { title, mode, ...(undoes !== undefined && { undoes }) };
  const production = await state.production(session.identity);
  for (let changed: ApplyReport | undefined; ; ) {
    const fresh = await planFresh(operation, change.wanted, change.floor);
    const unchanged = [...(change.unchanged ?? []), ...fresh.plan.unchanged].sort();
    const planned = withUseNotes({ ...fresh, plan: { ...unlessForeign(fresh, change), unchanged } }, state.shown);
    const now = new Date(state.now?.() ?? Date.now());
    const preview: ChangePreview = {
      ...(change.pool !== undefined && { pool: change.pool }),
      title,
      planned,
      notPlanned,
      ...(changed !== undefined && { changed }),
      text: (form) => planText({ ...planned, title, notPlanned }, form, now),
    };
    await ui.preview(preview);
    const end = async (kind: ChangeOutcome["kind"], says: string, applied: ApplyReport | null = null) => {
      const report = (account: string) =>
        applied === null ? preview.text("markdown") : reportText(title, account, applied);
      const outcome: ChangeOutcome = { ...preview, kind, applied, says, report };
      await ui.report(outcome);
      return outcome;
    };
    const { steps, problems } = planned.plan;
    if (problems.length > 0) return await end("impossible", problemsText(planned));
    if (steps.length === 0) return await end("nothing", "Nothing to change: it is so already.");
    if (change.dryRun) return await end("shown", "Nothing was changed.");
    const answer = await confirm(operation, production, {
      what: change.what(steps.length),
      action: change.action,
      changes: steps.map(stepLine),
      consequences: [...changedText(changed), ...consequencesOf(planned), ...(change.consequences ?? [])],
    });
    if (answer !== "yes") return await end("cancelled", "Nothing was changed.");
    const applied = await withSteps(operation, title, (options) => applyPlan(session, planned, purpose, options));
    if (applied.result !== "changed" || !ui.interactive)
      return await end("applied", appliedText(applied, doneWord(change)), applied);
    changed = applied;
  }
}

/** The plan, which nothing can be done of where a function has neither what is expected nor what is wanted. */
function unlessForeign({ plan, state }: AccountPlan, { expected, wanted }: AccountChange): Plan {
  const goals = new Map(wanted.map(({ name, reserved }) => [name, reserved]));
  const foreign = state.functions.flatMap(({ name, reserved }) => {
    const own = expected?.get(name);
    if (own === undefined || reserved === own || reserved === goals.get(name)) return [];
    const message = `${name} was changed since: it has ${nowText(reserved)}, and the change left it with ${nowText(own)}.`;
    return [{ name, message }];
  });
  return foreign.length === 0 ? plan : { ...plan, steps: [], problems: [...foreign, ...plan.problems] };
}

function nowText(reserved: number | null): string {
  return reserved === null ? "no reservation" : `a reservation of ${num(reserved)}`;
}

function problemsText({ plan: { problems } }: AccountPlan): string {
  const [first, ...others] = problems;
  const more = others.length > 0 ? ` And ${others.length} more.` : "";
  return `${first?.message ?? ""}${more} Nothing was changed.`;
}

function doneWord({ mode, undoes }: AccountChange): string | undefined {
  if (undoes !== undefined) return "Undone";
  return mode === "apply" ? "Budget applied" : undefined;
}

/** Why it is asked for again. */
function changedText(changed: ApplyReport | undefined): readonly string[] {
  if (changed === undefined) return [];
  return [
    "Somebody changed the account meanwhile, so nothing was done yet. This is the new plan.",
    ...changed.differences,
  ];
}
