import { randomBytes } from "node:crypto";
import { accountKey, type KillRecord } from "#core";
import { AccountError } from "../accountError.ts";
import type { Audit } from "../change/audit.ts";
import { isDone } from "../change/outcome.ts";
import type { Patience } from "../change/patience.ts";
import { untagFunction } from "../change/tagFunction.ts";
import type { AccountLists } from "../reading/accountLists.ts";
import type { Session } from "../session.ts";
import { toAccountError } from "../toAccountError.ts";
import { close } from "./closeKill.ts";
import { inParallel } from "./inParallel.ts";
import type { Journal, JournalEntry, KillStage } from "./journal.ts";
import type { KillPreview, PreviewedKill } from "./previewKill.ts";
import { listsOfOneKill, lookAgain } from "./recheck.ts";
import { isThere, killSteps, mayHaveChanged, runSteps, type StepResult } from "./steps.ts";
import { writeTags } from "./writeTags.ts";

/** Who wants what, and how. */
export interface KillOptions {
  readonly reason: string;
  /** When it is to be over. */
  readonly until?: Date;
  readonly journal: Journal;
  readonly audit?: Pick<Audit, "write">;
  /** Functions that are not begun are left alone; those under way are finished. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: KillProgress) => void;
  readonly now?: () => Date;
  readonly patience?: Patience;
}

/** How far a kill or a restore has come. */
export interface KillProgress {
  readonly name: string;
  /** What is done now, a field as in `StepResult`; absent when the function is finished. */
  readonly field?: string;
  /** Functions that are finished. */
  readonly done: number;
  readonly total: number;
}

/**
 * What became of a function.
 * - `killed`: off, and everything as shown. `partial`: something was not done; `steps` says what. Killing it again goes on with it.
 * - `alreadyKilled`, `alreadyOff`: nothing was done.
 * - `changed`: it was not as in the preview any more; nothing was done. `failed`: nothing was done, `message` says why.
 * - `skipped`: cancelled before it was begun.
 */
export interface KilledFunction {
  readonly name: string;
  readonly outcome: "killed" | "partial" | "alreadyKilled" | "alreadyOff" | "changed" | "failed" | "skipped";
  readonly message?: string;
  readonly record?: KillRecord;
  readonly steps: readonly StepResult[];
  /** Why only this machine can restore it; absent when the record is on the function as well. */
  readonly onlyHere?: string;
}

const WIDTH = 8;
const LONGEST_REASON = 1000;

/**
 * Kills the functions of a preview. Throws an `AccountError` of kind `changed` when the credentials are of somebody else now; whatever
 * else goes wrong is told for each function.
 */
export async function kill(
  session: Session,
  preview: KillPreview,
  options: KillOptions,
): Promise<readonly KilledFunction[]> {
  if (accountKey(session.identity) !== accountKey(preview.identity))
    throw new AccountError("changed", "The preview is of another account or Region. Look again.");
  const wanted = preview.functions.filter((previewed) => previewed.kind === "kill");
  if (wanted.length > 0) await session.verify(options.signal);
  const lists = listsOfOneKill(session);
  let done = 0;
  return await inParallel(preview.functions, WIDTH, async (previewed) => {
    const report = (field?: string) =>
      options.onProgress?.({
        name: previewed.name,
        ...(field === undefined ? {} : { field }),
        done,
        total: preview.functions.length,
      });
    try {
      if (previewed.kind !== "kill") return nothingToDo(previewed);
      if (options.signal?.aborted) return { name: previewed.name, outcome: "skipped", steps: [] };
      return await killClaimed(session, previewed, lists, { ...options, killedTo: preview.killedTo, report });
    } catch (error) {
      return failed(previewed.name, toAccountError(error).message);
    } finally {
      done++;
      report();
    }
  });
}

type ToKill = Extract<PreviewedKill, { readonly kind: "kill" }>;

interface Context extends KillOptions {
  readonly killedTo: KillRecord["killedTo"];
  readonly report: (field?: string) => void;
}

async function killClaimed(
  session: Session,
  previewed: ToKill,
  lists: AccountLists,
  context: Context,
): Promise<KilledFunction> {
  const { journal } = context;
  const { name } = previewed;
  const claim = await journal.claim(accountKey(session.identity), name).catch(cannotWrite(journal));
  if (claim === undefined)
    return failed(name, `Another process is killing or restoring ${name}; nothing was done here. Wait for it.`);
  try {
    const look = await lookAgain(session, previewed, lists);
    if (look.differences.length > 0)
      return {
        name,
        outcome: "changed",
        message: `${look.differences.join(" ")} Nothing was done; look again.`,
        steps: [],
      };
    return await killOne(session, previewed, look.killTags, context);
  } finally {
    await claim.release();
  }
}

async function killOne(
  session: Session,
  previewed: ToKill,
  oldTags: Readonly<Record<string, string>>,
  context: Context,
): Promise<KilledFunction> {
  const { journal, patience, audit } = context;
  const { name, continues, replaces } = previewed;
  const now = context.now ?? (() => new Date());
  const record = recordOf(session, previewed, context, now());
  const key = accountKey(session.identity);
  const how = patience === undefined ? {} : { patience };
  let entry: JournalEntry = { version: 1, key, stage: "prepared", changedAt: "", tagged: false, record };
  const write = async (stage: KillStage, tagged = entry.tagged) => {
    entry = { ...entry, stage, tagged, changedAt: now().toISOString() };
    await journal.write(entry);
  };

  await write("prepared").catch(cannotWrite(journal));
  context.report("tags");
  const written = await writeTags(session, record, oldTags, previewed.tagRoom, how);
  if (written.taken !== undefined) {
    await write("removed");
    return { ...failed(name, `${written.taken} Nothing was done; look again.`), outcome: "changed" };
  }
  const { onlyHere } = written;
  await write("killing", onlyHere === undefined);
  const steps = await runSteps(
    killSteps(session, record, { ...how, reservedFirst: previewed.provisionedUnknown === true }),
    {
      onStep: ({ field }) => context.report(field),
      ...(audit === undefined
        ? {}
        : {
            log: (step) =>
              audit.write({ time: now().toISOString(), action: "kill", id: record.id, function: name, ...step }),
          }),
    },
  );
  const isOff = steps.some((step) => step.field === "reserved" && isThere(step));
  if (continues === undefined && replaces === undefined && !steps.some(mayHaveChanged)) {
    const untagged = await untagFunction(session, record.arn, written.tags, how);
    if (isDone(untagged)) await write("removed");
    return { ...failed(name, summary(steps)), outcome: steps.some(isChanged) ? "changed" : "failed", steps };
  }
  await write(isOff ? "killed" : "killing");
  if (replaces !== undefined) await close(journal, replaces.id, "removed", now());
  const whole = steps.every(isThere);
  return {
    name,
    outcome: whole ? "killed" : "partial",
    ...(whole ? {} : { message: summary(steps) }),
    record,
    steps,
    ...(onlyHere === undefined ? {} : { onlyHere }),
  };
}

/** An earlier kill keeps who, when and why; its state may have grown. */
function recordOf(session: Session, { name, arn, before, continues }: ToKill, options: Context, now: Date): KillRecord {
  if (continues !== undefined) return { ...continues, before };
  const { account, region, partition, arn: who } = session.identity;
  return {
    version: 1,
    id: randomBytes(12).toString("base64url"),
    account,
    region,
    partition,
    name,
    arn,
    who,
    reason: options.reason.slice(0, LONGEST_REASON),
    at: now.toISOString(),
    ...(options.until === undefined ? {} : { until: options.until.toISOString() }),
    killedTo: options.killedTo,
    before,
  };
}

function nothingToDo(previewed: Exclude<PreviewedKill, ToKill>): KilledFunction {
  const { name } = previewed;
  if (previewed.kind === "killed") return { name, outcome: "alreadyKilled", record: previewed.record, steps: [] };
  if (previewed.kind === "off") return { name, outcome: "alreadyOff", steps: [] };
  return failed(name, previewed.message);
}

function failed(name: string, message: string): KilledFunction {
  return { name, outcome: "failed", message, steps: [] };
}

/** What was not done and why. */
export function summary(steps: readonly StepResult[]): string {
  return steps
    .filter((step) => !isThere(step))
    .map(({ field, message }) => `${field}: ${message ?? "not done"}`)
    .join(" ");
}

function isChanged({ outcome }: StepResult): boolean {
  return outcome === "changed";
}

/** Without a record on disk nothing is begun. */
export function cannotWrite({ folder }: Journal): (error: unknown) => never {
  return (error) => {
    const why = error instanceof Error ? error.message : String(error);
    throw new AccountError("failed", `The record cannot be written to ${folder}, so nothing was done: ${why}.`);
  };
}
