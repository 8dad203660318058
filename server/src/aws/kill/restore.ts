import { accountKey, type KillRecord, type LiveProvisioned } from "#core";
import type { Audit } from "../change/audit.ts";
import { isDone } from "../change/outcome.ts";
import type { Patience } from "../change/patience.ts";
import { untagFunction } from "../change/tagFunction.ts";
import { readTotals } from "../reading/totals.ts";
import type { Session } from "../session.ts";
import { toAccountError } from "../toAccountError.ts";
import { withoutConflicts } from "./conflicts.ts";
import { allocationFailed } from "./followAllocation.ts";
import { inParallel } from "./inParallel.ts";
import { isOpen, type Journal, type JournalEntry, type KillStage } from "./journal.ts";
import { cannotWrite, type KillProgress, summary } from "./kill.ts";
import { decodeKillTags, killTagsOf } from "./killTags.ts";
import { type PreviewedRestore, previewRestore } from "./previewRestore.ts";
import { isThere, mayHaveChanged, restoreSteps, runSteps, type StepResult } from "./steps.ts";

/** How a restore goes. */
export interface RestoreOptions {
  readonly journal: Journal;
  readonly audit?: Pick<Audit, "write">;
  /** Restores what nobody changed since the kill, and leaves the rest as it is; else a function with such a change is left alone. */
  readonly keepChanges?: boolean;
  /** Functions that are not begun are left alone; those under way are finished. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: KillProgress) => void;
  readonly now?: () => Date;
  readonly patience?: Patience;
  readonly floor?: number;
}

/**
 * What became of a function.
 * - `restored`: as it was. `warming`: as it was, but provisioned concurrency is still being allocated.
 * - `partial`: something was not put back; `steps` says what. Restoring it again goes on with it, unless provisioned concurrency could
 *   not be allocated: that is Lambda's last word, and the kill is closed.
 * - `changed`: somebody changed it since the kill, `message` says what; nothing was done.
 * - `short`: the pool has not enough; nothing was done, `message` has the numbers.
 * - `notKilled`: there is no record. `failed`: nothing was done, `message` says why. `skipped`: cancelled before it was begun.
 */
export interface RestoredFunction {
  readonly name: string;
  readonly outcome: "restored" | "warming" | "partial" | "changed" | "short" | "notKilled" | "failed" | "skipped";
  readonly message?: string;
  readonly record?: KillRecord;
  readonly steps: readonly StepResult[];
  /** The floor that Lambda named when it refused. */
  readonly floor?: number;
}

const WIDTH = 8;

/**
 * Puts functions back to the state before their kill, by the journal or by their tags alone. Everything is read again first. Throws an
 * `AccountError` when it is cancelled before the first call, or when the credentials are of somebody else now; whatever else goes
 * wrong is told for each function.
 */
export async function restore(
  session: Session,
  names: readonly string[],
  options: RestoreOptions,
): Promise<readonly RestoredFunction[]> {
  await session.verify(options.signal);
  const { functions } = await previewRestore(session, names, options);
  const total = functions.length;
  let done = 0;
  return await inParallel(functions, WIDTH, async (previewed) => {
    const { name } = previewed;
    const report = (field?: string) =>
      options.onProgress?.({ name, ...(field === undefined ? {} : { field }), done, total });
    try {
      if (previewed.kind === "refused") return refused(previewed);
      if (options.signal?.aborted) return { name, outcome: "skipped", steps: [] };
      return await restoreClaimed(session, previewed, options, report);
    } catch (error) {
      return { name, outcome: "failed", message: toAccountError(error).message, steps: [] };
    } finally {
      done++;
      report();
    }
  });
}

type ToRestore = Extract<PreviewedRestore, { readonly kind: "restore" }>;

async function restoreClaimed(
  session: Session,
  previewed: ToRestore,
  options: RestoreOptions,
  report: (field?: string) => void,
): Promise<RestoredFunction> {
  const { name, conflicts, record, fresh } = previewed;
  const { journal, keepChanges } = options;
  if (conflicts.length > 0 && !keepChanges) {
    const message = conflicts.map((conflict) => conflict.message).join(" ");
    return { name, outcome: "changed", message: `${message} Nothing was done.`, record, steps: [] };
  }
  const claim = await journal.claim(accountKey(session.identity), name).catch(cannotWrite(journal));
  if (claim === undefined) {
    const message = `Another process is killing or restoring ${name}; nothing was done here. Wait for it.`;
    return { name, outcome: "failed", message, steps: [] };
  }
  try {
    const { entry } = previewed;
    const now = entry === undefined ? undefined : await journal.read(record.id);
    if (now !== undefined && !isOpen(now)) {
      const message = `Another process has restored ${name} meanwhile; nothing was done here.`;
      return { name, outcome: "failed", message, steps: [] };
    }
    const wanted = keepChanges ? withoutConflicts(record, conflicts, fresh) : record;
    return await restoreOne(session, { ...previewed, record: wanted }, options, report);
  } finally {
    await claim.release();
  }
}

async function restoreOne(
  session: Session,
  { name, record, entry, fresh }: ToRestore,
  options: RestoreOptions,
  report: (field?: string) => void,
): Promise<RestoredFunction> {
  const { journal, audit, patience } = options;
  const now = options.now ?? (() => new Date());
  const how = patience === undefined ? {} : { patience };
  const write = async (stage: KillStage) => {
    if (entry !== undefined)
      await journal.write({ ...entry, stage, changedAt: now().toISOString() } satisfies JournalEntry);
  };
  await write("restoring").catch(cannotWrite(journal));
  const steps = await runSteps(restoreSteps(session, record, how), {
    onStep: ({ field }) => report(field),
    ...(audit === undefined
      ? {}
      : {
          log: (step) =>
            audit.write({ time: now().toISOString(), action: "restore", id: record.id, function: name, ...step }),
        }),
  });
  if (!steps.every(isThere)) {
    if (!steps.some(mayHaveChanged)) await write(entry?.stage ?? "killed");
    return await incomplete(session, record, steps);
  }
  report("tags");
  const untagged = await removeTags(session, record, fresh, how);
  if (!untagged.gone) return { name, outcome: "partial", message: untagged.message ?? "", record, steps };
  await write("restored");
  return { name, record, steps, ...verdict(steps, untagged.message) };
}

/** What `setProvisioned` found. */
type Found = LiveProvisioned | null | undefined;

/** The state that a caller asked for is back; whether Lambda can provide it shows only later. */
function verdict(
  steps: readonly StepResult[],
  note: string | undefined,
): Pick<RestoredFunction, "outcome" | "message"> {
  const said = (message: string | undefined) => {
    const text = [message, note].filter((part) => part !== undefined).join(" ");
    return text === "" ? {} : { message: text };
  };
  const provisioned = steps.flatMap(({ field, found }) => (field.startsWith("provisioned:") ? [found as Found] : []));
  const failed = provisioned.find((config) => config?.status === "FAILED");
  if (failed) return { outcome: "partial", ...said(allocationFailed(failed)) };
  if (provisioned.some((config) => config?.status === "IN_PROGRESS"))
    return { outcome: "warming", ...said("Provisioned concurrency is still being allocated.") };
  return { outcome: "restored", ...said(undefined) };
}

async function incomplete(
  session: Session,
  record: KillRecord,
  steps: readonly StepResult[],
): Promise<RestoredFunction> {
  const { name } = record;
  const untouched = !steps.some(mayHaveChanged);
  const floor = steps.find((step) => step.error?.floor !== undefined)?.error?.floor;
  const reserved = steps.find(({ field }) => field === "reserved");
  const base = { name, record, steps, ...(floor === undefined ? {} : { floor }) };
  if (reserved?.outcome === "changed") return { ...base, outcome: "changed", message: summary(steps) };
  if (floor !== undefined && untouched)
    return { ...base, outcome: "short", message: await shortMessage(session, record, floor) };
  return { ...base, outcome: untouched ? "failed" : "partial", message: summary(steps) };
}

async function shortMessage(session: Session, { name, before, killedTo }: KillRecord, floor: number): Promise<string> {
  const wanted = before.reserved ?? before.provisioned.reduce((sum, { requested }) => sum + requested, 0);
  const start = `${name} cannot get ${wanted} back: Lambda keeps ${floor} unreserved.`;
  try {
    const { unreserved } = await readTotals(session, undefined);
    const most = Math.max(0, unreserved + killedTo - floor);
    return `${start} ${unreserved} are unreserved now, so at most ${most} can be given; ${wanted - most} are short. Lower other reservations first.`;
  } catch {
    return `${start} Lower other reservations first.`;
  }
}

/** Takes the record off its function. Where that is not allowed the tags stay, and somebody else must remove them. */
async function removeTags(
  session: Session,
  { id, arn, name }: KillRecord,
  { live }: ToRestore["fresh"],
  how: { readonly patience?: Patience },
): Promise<{ readonly gone: boolean; readonly message?: string }> {
  const tags = killTagsOf(live.killTags ?? {});
  const decoded = decodeKillTags(tags, arn);
  if (Object.keys(tags).length === 0 || (decoded.kind === "record" && decoded.record.id !== id)) return { gone: true };
  const result = await untagFunction(session, arn, tags, how);
  if (isDone(result)) return { gone: true };
  const message = `The tags of the kill are still on ${name}: ${result.message ?? "they were not removed"}`;
  return { gone: result.error?.kind === "denied", message };
}

function refused({ name, message, error }: Extract<PreviewedRestore, { readonly kind: "refused" }>): RestoredFunction {
  return { name, outcome: error === undefined ? "notKilled" : "failed", message, steps: [] };
}
