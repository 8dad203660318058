import { window } from "vscode";
import type { ApplyRecord } from "#aws";
import { isoText } from "#core";
import { UserError } from "../userError.ts";
import { accountPhrase, count, counted } from "../views/text.ts";
import type { ChangeContext } from "./changeContext.ts";
import { stepLine } from "./changeText.ts";
import { confirmChange } from "./confirmChange.ts";
import { changesFolder } from "./freshFacts.ts";
import { checkCurrent, refreshed, told, withProgress } from "./makeChange.ts";

/** Settles an apply to the connected account that ended half way on this machine: finishes it, takes it back, or leaves it as it is. */
export async function finishApply(context: ChangeContext): Promise<void> {
  const { account, unfinished } = context;
  await account.withSession(async (open) => {
    await unfinished.look();
    const { identity } = open.session;
    const record = await pickRecord(unfinished.records);
    if (record === undefined) {
      if (unfinished.records.length > 0) return;
      throw new UserError(`No apply to ${accountPhrase(identity)} was left unfinished on this machine.`);
    }
    const way = await pickWay(record);
    if (way === undefined) return;
    const { forgetApply, resumeApply, undoApply } = await import("#aws");
    const { question, action, changes, consequences } = textsOf(record)[way];
    if (!(await confirmChange(context, { identity, question, action, changes, consequences }))) return;
    checkCurrent(open);
    if (way === "forget") {
      await forgetApply(await changesFolder(), record.id);
      return unfinished.look();
    }
    const settle = way === "resume" ? resumeApply : undoApply;
    const report = await withProgress(action, (options) => settle(open.session, record.id, options));
    await refreshed(
      context,
      record.steps.map(({ name }) => name),
    );
    void told(context, `${action}: ${record.title}`, identity, report);
  });
}

async function pickRecord(records: readonly ApplyRecord[]): Promise<ApplyRecord | undefined> {
  if (records.length < 2) return records[0];
  const now = new Date();
  const items = records.map((record) => ({
    label: record.title,
    description: `${count(record.next)} of ${count(record.steps.length)} steps · ${isoText(record.at, now)}`,
    record,
  }));
  const picked = await window.showQuickPick(items, { title: "Unfinished applies", placeHolder: "Which one" });
  return picked?.record;
}

type Way = "resume" | "undo" | "forget";

async function pickWay(record: ApplyRecord): Promise<Way | undefined> {
  const { title, at, who, next, steps, mode } = record;
  const left = steps.length - next;
  const items = [
    { label: "Finish it", detail: `Makes the ${counted(left, "step")} that are left.`, way: "resume" as const },
    ...(mode === "undo"
      ? []
      : [{ label: "Take it back", detail: "Puts every function back as it was before.", way: "undo" as const }]),
    { label: "Leave it as it is", detail: "Forgets it; nothing is called.", way: "forget" as const },
  ];
  const picked = await window.showQuickPick(items, {
    title: `${title}: ${count(next)} of ${counted(steps.length, "step")} made`,
    placeHolder: `Begun ${isoText(at, new Date())} by ${who}`,
  });
  return picked?.way;
}

interface Texts {
  readonly question: string;
  readonly action: string;
  readonly changes: readonly string[];
  readonly consequences: readonly string[];
}

function textsOf({ title, steps, next, before, away }: ApplyRecord): Readonly<Record<Way, Texts>> {
  const missing = away.map(
    ({ name, qualifier, requested }) =>
      `The provisioned concurrency of ${name}:${qualifier} (${count(requested)}) is put back.`,
  );
  const touched = new Set(steps.slice(0, next + 1).map(({ name }) => name));
  const back = before.filter(({ name }) => touched.has(name));
  const careful = "A function that somebody changed meanwhile is not overwritten.";
  return {
    resume: {
      question: `Finish “${title}”?`,
      action: "Finish Apply",
      changes: steps.slice(next).map(stepLine),
      consequences: [careful],
    },
    undo: {
      question: `Take back “${title}”?`,
      action: "Take Back",
      changes: back.map(({ name, reserved }) => `${name}: back to ${reserved === null ? "none" : count(reserved)}`),
      consequences: [...missing, careful],
    },
    forget: {
      question: `Leave “${title}” as it is?`,
      action: "Leave as It Is",
      changes: steps.slice(0, next).map((step) => `made: ${stepLine(step)}`),
      consequences: [
        "No call is made. Functions keep what they have now, and this apply can no longer be finished or taken back.",
        ...away.map(
          ({ name, qualifier, requested }) =>
            `The provisioned concurrency of ${name}:${qualifier} (${count(requested)}) stays away.`,
        ),
      ],
    },
  };
}
