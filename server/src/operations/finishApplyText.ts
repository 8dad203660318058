import type { ApplyRecord } from "#aws";
import { isoText, many, num, qualifierText, stepText, valueText } from "#core";
import { stepLine } from "./changeText.ts";
import type { Choice, Confirmation } from "./ui.ts";

/** What can be done about an apply that was interrupted: finish it, take it back, or leave what it has done as it is. */
export type FinishApplyWay = "resume" | "undo" | "forget";

/** Which of several unfinished applies is meant. */
export function recordChoice(records: readonly ApplyRecord[], now: Date): Choice<ApplyRecord> {
  const items = records.map((record) => ({
    label: record.title,
    description: `${num(record.next)} of ${many(record.steps.length, "step")} · ${isoText(record.at, now)}`,
    value: record,
  }));
  return { title: "Unfinished applies", placeholder: "Which one", items };
}

/** What is to become of an unfinished apply. */
export function wayChoice({ title, at, who, next, steps, mode }: ApplyRecord, now: Date): Choice<FinishApplyWay> {
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

type Question = Pick<Confirmation, "what" | "action" | "changes" | "consequences">;

/** What is asked before it is done; `isOther`: somebody went on with the apply since it was asked the last time. */
export function questionOf(way: FinishApplyWay, record: ApplyRecord, isOther: boolean): Question {
  const question = questions[way](record);
  if (!isOther) return question;
  return {
    ...question,
    consequences: ["Somebody went on with this apply meanwhile; nothing was done yet.", ...question.consequences],
  };
}

const questions: Readonly<Record<FinishApplyWay, (record: ApplyRecord) => Question>> = {
  resume: ({ title, steps, next }) => ({
    what: `Finish “${title}”`,
    action: "Finish Apply",
    changes: steps.slice(next).map(stepLine),
    consequences: [careful],
  }),
  undo: ({ title, mode, steps, next, before, away }) => {
    // Of an undo that ended half way all steps are left to take back, made or not.
    const begun = mode === "undo" ? steps : steps.slice(0, next + 1);
    const touched = new Set(begun.map(({ name }) => name));
    const back = before.filter(({ name }) => touched.has(name));
    return {
      what: `Take back “${title}”`,
      action: "Take Back",
      changes: back.map(({ name, reserved }) => `${name}: back to ${valueText(reserved)}`),
      consequences: [
        ...away.map(
          ({ name, qualifier, requested }) =>
            `Provisioned concurrency ${num(requested)} of ${name}, ${qualifierText(qualifier)}, is put back.`,
        ),
        ...back.flatMap(({ name, reserved, provisioned }) =>
          reserved === null || provisioned.length === 0
            ? []
            : [
                `Where both do not fit together, the provisioned concurrency of ${name} is deleted for a moment and put back.`,
              ],
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
          `Provisioned concurrency ${num(requested)} of ${name}, ${qualifierText(qualifier)}, is not put back.`,
      ),
    ],
  }),
};

/** The unfinished apply as text: which steps are done, may be, and are not begun. */
export function linesOf({ title, at, who, steps, next, away }: ApplyRecord, now: Date): readonly string[] {
  const made = steps.slice(0, next).map((step) => `  done      ${stepText(step)}`);
  const open = steps.slice(next).map((step, index) => `  ${index === 0 ? "may be   " : "not begun"} ${stepText(step)}`);
  const missing = away.map(
    ({ name, qualifier, requested }) =>
      `Provisioned concurrency ${num(requested)} of ${name}, ${qualifierText(qualifier)}, may be missing.`,
  );
  return [
    `${title}, begun ${isoText(at, now)} by ${who}: ${num(next)} of ${many(steps.length, "step")} done.`,
    ...made,
    ...open,
    ...missing,
  ];
}
