import { type ApplyRecord, type ApplyReport, forgetApply, pendingApplies, resumeApply, undoApply } from "#aws";
import { appliedText, reportText } from "./changeText.ts";
import { confirm } from "./confirm.ts";
import { type FinishApplyWay, linesOf, questionOf, recordChoice, wayChoice } from "./finishApplyText.ts";
import type { Operation } from "./operation.ts";
import { withSteps } from "./withSteps.ts";

/** What somebody wants of an unfinished apply. */
export interface FinishApplyWish {
  /** Absent: it is asked. */
  readonly way?: FinishApplyWay;
  /** Only shows the unfinished apply. */
  readonly dryRun?: boolean;
}

/** An unfinished apply that is shown; `lines` say which steps are done, may be, and are not begun. */
export interface FinishApplyPreview {
  readonly record: ApplyRecord;
  readonly lines: readonly string[];
}

/** How it ended. */
export interface FinishApplyOutcome {
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

/** Finishes, undoes or forgets an apply to the account that ended half way on this machine. A function that somebody changed meanwhile is left alone. */
export async function finishApply(
  operation: Operation<FinishApplyPreview, FinishApplyOutcome>,
  wish: FinishApplyWish,
): Promise<FinishApplyOutcome> {
  const { session, state, ui } = operation;
  const { identity } = session;
  const production = await state.production(identity);
  const { records, broken } = await pendingApplies(state.folder, identity);
  const ended = await finishOneOf(operation, wish, records, broken, production);
  const { record, applied, says } = ended;
  const outcome: FinishApplyOutcome = {
    ...ended,
    broken,
    report: (account) => (applied === null ? `${says}\n` : reportText(record?.title ?? "", account, applied)),
  };
  await ui.report(outcome);
  return outcome;
}

type Ended = Pick<FinishApplyOutcome, "kind" | "record" | "applied" | "says">;

const cancelled = { kind: "cancelled", applied: null, says: "Nothing was changed." } as const;

async function finishOneOf(
  operation: Operation<FinishApplyPreview, FinishApplyOutcome>,
  { way: given, dryRun }: FinishApplyWish,
  records: readonly ApplyRecord[],
  broken: readonly string[],
  production: string | undefined,
): Promise<Ended> {
  const { session, state, ui } = operation;
  const { account, region } = session.identity;
  const [oldest, ...others] = records;
  if (oldest === undefined && broken.length > 0) return { kind: "unreadable", applied: null, says: broken.join(" ") };
  if (oldest === undefined) {
    const says = `There is no unfinished apply to account ${account} in ${region} on this machine.`;
    return { kind: "nothing", applied: null, says };
  }
  const now = new Date(state.now?.() ?? Date.now());
  let record = others.length > 0 && ui.interactive ? await ui.choose(recordChoice(records, now)) : oldest;
  if (record === undefined) return cancelled;
  for (let isOther = false; ; isOther = true) {
    await ui.preview({ record, lines: linesOf(record, now) });
    if (dryRun) return { ...cancelled, kind: "shown", record };
    const way: FinishApplyWay | undefined = given ?? (await ui.choose(wayChoice(record, now)));
    if (way === undefined) return { ...cancelled, record };
    const asked = questionOf(way, record, isOther);
    if ((await confirm(operation, production, asked)) !== "yes") return { ...cancelled, record };
    if (way === "forget") {
      await forgetApply(state.folder, record.id);
      return { kind: "forgotten", record, applied: null, says: "It counts as settled; nothing was changed." };
    }
    const applied = await run(operation, way, record, asked.action);
    const found: ApplyRecord | undefined = applied.result === "changed" ? await again(operation, record) : undefined;
    if (found === undefined) return { kind: "applied", record, applied, says: appliedText(applied) };
    record = found;
  }
}

async function run(
  operation: Operation<FinishApplyPreview, FinishApplyOutcome>,
  way: "resume" | "undo",
  record: ApplyRecord,
  action: string,
): Promise<ApplyReport> {
  const work = way === "resume" ? resumeApply : undoApply;
  return await withSteps(operation, `${action}: ${record.title}`, (options) =>
    work(operation.session, record, options),
  );
}

/** The record as it is now, when somebody went on with the apply while the question stood, and there is somebody to ask again. */
async function again(
  { session, state, ui }: Operation<FinishApplyPreview, FinishApplyOutcome>,
  shown: ApplyRecord,
): Promise<ApplyRecord | undefined> {
  if (!ui.interactive) return undefined;
  const { records } = await pendingApplies(state.folder, session.identity);
  const found = records.find(({ id }) => id === shown.id);
  return JSON.stringify(found) === JSON.stringify(shown) ? undefined : found;
}
