import { type ApplyRecord, type ApplyReport, forgetApply, pendingApplies, resumeApply, undoApply } from "#aws";
import { isoText, many, num, stepText } from "#core";
import { doneSentence, reportText, stepLine } from "./changeText.ts";
import { confirm } from "./confirm.ts";
import type { Operation } from "./operation.ts";
import { withSteps } from "./withSteps.ts";

/** What can be done about an apply that was interrupted: finish it, take it back, or leave what it has done as it is. */
export type SettleWay = "resume" | "undo" | "forget";

/** What somebody wants of an unfinished apply. */
export interface SettleWish {
  /** Absent: it is asked. */
  readonly way?: SettleWay;
  /** Only shows the unfinished apply. */
  readonly dryRun?: boolean;
}

/** An unfinished apply that is shown; `lines` say which steps are done, may be, and are not begun. */
export interface SettlePreview {
  readonly record: ApplyRecord;
  readonly lines: readonly string[];
}

/** How it ended. */
export interface SettleOutcome {
  /**
   * - `nothing`: no apply to this account is unfinished on this machine. `unreadable`: one may be, whose record cannot be read.
   * - `shown`, `cancelled`: nothing was done.
   * - `forgotten`: nothing was called; it counts as settled.
   * - `applied`: `applied` says what came of it.
   */
  readonly kind: "nothing" | "unreadable" | "shown" | "cancelled" | "forgotten" | "applied";
  /** Absent with `nothing` and `unreadable`. */
  readonly record?: ApplyRecord;
  /** Why records of this machine cannot be read, as sentences: each may be of any account. */
  readonly broken: readonly string[];
  readonly applied: ApplyReport | null;
  /** What was done, or why not, as one sentence or a few. */
  readonly says: string;
  /** What came of it as a Markdown document. */
  report(account: string): string;
}

/** Settles an apply to the account that ended half way on this machine. A function that somebody changed meanwhile is left alone. */
export async function settleApply(
  operation: Operation<SettlePreview, SettleOutcome>,
  { way: given, dryRun }: SettleWish,
): Promise<SettleOutcome> {
  const { session, state, ui } = operation;
  const { identity } = session;
  const production = await state.production(identity);
  const { records, broken } = await pendingApplies(state.folder, identity);
  const now = new Date(state.now?.() ?? Date.now());
  const end = async (
    kind: SettleOutcome["kind"],
    says: string,
    record?: ApplyRecord,
    applied: ApplyReport | null = null,
  ) => {
    const report = (account: string) =>
      applied === null || record === undefined ? `${says}\n` : reportText(record.title, account, applied);
    const outcome: SettleOutcome = { kind, ...(record !== undefined && { record }), broken, applied, says, report };
    await ui.report(outcome);
    return outcome;
  };
  const [oldest, ...others] = records;
  if (oldest === undefined && broken.length > 0) return await end("unreadable", broken.join(" "));
  if (oldest === undefined)
    return await end(
      "nothing",
      `There is no unfinished apply to account ${identity.account} in ${identity.region} on this machine.`,
    );
  const record = others.length > 0 && ui.interactive ? await ui.choose(recordChoice(records, now)) : oldest;
  if (record === undefined) return await end("cancelled", "Nothing was changed.");
  await ui.preview({ record, lines: linesOf(record, now) });
  if (dryRun) return await end("shown", "Nothing was changed.", record);
  const way = given ?? (await ui.choose(wayChoice(record, now)));
  if (way === undefined) return await end("cancelled", "Nothing was changed.", record);
  const asked = questions[way](record);
  if ((await confirm(operation, production, asked)) !== "yes")
    return await end("cancelled", "Nothing was changed.", record);
  if (way === "forget") {
    await forgetApply(state.folder, record.id);
    return await end("forgotten", "It counts as settled; nothing was changed.", record);
  }
  const settle = way === "resume" ? resumeApply : undoApply;
  const applied = await withSteps(operation, `${asked.action}: ${record.title}`, (options) =>
    settle(session, record.id, options),
  );
  const says = [applied.result === "done" ? doneSentence(applied) : (applied.message ?? ""), ...applied.notes];
  return await end("applied", says.join(" "), record, applied);
}

function recordChoice(records: readonly ApplyRecord[], now: Date) {
  const items = records.map((record) => ({
    label: record.title,
    description: `${num(record.next)} of ${many(record.steps.length, "step")} · ${isoText(record.at, now)}`,
    value: record,
  }));
  return { title: "Unfinished applies", placeholder: "Which one", items };
}

function wayChoice({ title, at, who, next, steps, mode }: ApplyRecord, now: Date) {
  const left = steps.length - next;
  return {
    title: `${title}: ${num(next)} of ${many(steps.length, "step")} made`,
    placeholder: `Begun ${isoText(at, now)} by ${who}`,
    items: [
      { label: "Finish it", detail: `Makes the remaining ${many(left, "change")}.`, value: "resume" as const },
      ...(mode === "undo"
        ? []
        : [{ label: "Take it back", detail: "Puts every function back as it was before.", value: "undo" as const }]),
      { label: "Leave it as it is", detail: "Forgets it; nothing is called.", value: "forget" as const },
    ],
  };
}

const careful = "A function that somebody changed meanwhile is not overwritten.";

interface Question {
  readonly what: string;
  readonly action: string;
  readonly changes: readonly string[];
  readonly consequences: readonly string[];
}

const questions: Readonly<Record<SettleWay, (record: ApplyRecord) => Question>> = {
  resume: ({ title, steps, next }) => ({
    what: `Finish “${title}”`,
    action: "Finish Apply",
    changes: steps.slice(next).map(stepLine),
    consequences: [careful],
  }),
  undo: ({ title, steps, next, before, away }) => {
    const touched = new Set(steps.slice(0, next + 1).map(({ name }) => name));
    const back = before.filter(({ name }) => touched.has(name));
    return {
      what: `Take back “${title}”`,
      action: "Take Back",
      changes: back.map(({ name, reserved }) => `${name}: back to ${reserved === null ? "none" : num(reserved)}`),
      consequences: [
        ...away.map(
          ({ name, qualifier, requested }) =>
            `Provisioned concurrency ${num(requested)} of ${name}, alias ${qualifier}, is put back.`,
        ),
        careful,
      ],
    };
  },
  forget: ({ title, steps, next, away }) => ({
    what: `Leave “${title}” as it is`,
    action: "Leave as It Is",
    changes: steps.slice(0, next).map((step) => `made: ${stepLine(step)}`),
    consequences: [
      "No call is made. Functions keep what they have now, and this apply can no longer be finished or taken back.",
      ...away.map(
        ({ name, qualifier, requested }) =>
          `Provisioned concurrency ${num(requested)} of ${name}, alias ${qualifier}, is not put back.`,
      ),
    ],
  }),
};

function linesOf({ title, at, who, steps, next, away }: ApplyRecord, now: Date): readonly string[] {
  const made = steps.slice(0, next).map((step) => `  done      ${stepText(step)}`);
  const open = steps.slice(next).map((step, index) => `  ${index === 0 ? "may be   " : "not begun"} ${stepText(step)}`);
  const missing = away.map(
    ({ name, qualifier, requested }) =>
      `Provisioned concurrency of ${name}:${qualifier} (${requested}) may be missing.`,
  );
  return [
    `${title}, begun ${isoText(at, now)} by ${who}: ${next} of ${many(steps.length, "step")} done.`,
    ...made,
    ...open,
    ...missing,
  ];
}
