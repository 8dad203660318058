import { accountKey } from "#core";
import { AccountError } from "../accountError.ts";
import { readTags } from "../change/read.ts";
import { inParallel } from "../inParallel.ts";
import { decodeKillTags } from "../record/killTags.ts";
import type { Session } from "../session.ts";
import { busyMessage, cannotWrite, isOpen, type Journal } from "../state/killJournal.ts";
import { toAccountError } from "../toAccountError.ts";
import { isClosed } from "./closeKill.ts";
import { withoutConflicts } from "./keepChanges.ts";
import type { PreviewedRestore, ToRestore } from "./previewedRestore.ts";
import { previewRestore, type RestorePreview } from "./previewRestore.ts";
import type { RestoredFunction, RestoreOptions } from "./restoredFunction.ts";
import { restoreOne } from "./restoreOne.ts";
import { differenceSinceShown } from "./sinceShown.ts";

const WIDTH = 8;

/**
 * Puts functions of a preview back to the state before their kill, by the journal or by their tags alone. Everything is read again first,
 * and nothing is done but what was shown: a function whose kill is another one by then is left alone. Where the
 * pool has not enough for all, they come in their order. Throws an
 * `AccountError` when it is cancelled before the first call, or when the credentials are of somebody else now; whatever else goes
 * wrong is told for each function.
 */
export async function restore(
  session: Session,
  shown: RestorePreview,
  options: RestoreOptions,
): Promise<readonly RestoredFunction[]> {
  if (accountKey(session.identity) !== accountKey(shown.identity))
    throw new AccountError("changed", "The preview is of another account or Region. Look again.");
  await session.verify(options.signal);
  const names = shown.functions.flatMap(({ kind, name }) => (kind === "restore" ? [name] : []));
  const now = await previewRestore(session, names, options);
  const found = new Map(now.functions.map((each) => [each.name, each]));
  const total = shown.functions.length;
  let done = 0;
  // Where not all of them fit, who comes first is no matter of chance.
  return await inParallel(shown.functions, now.short === undefined ? WIDTH : 1, async (previewed) => {
    const { name } = previewed;
    const report = (field?: string) =>
      options.onProgress?.({ name, ...(field === undefined ? {} : { field }), done, total });
    try {
      if (previewed.kind === "refused") return refused(previewed);
      if (options.signal?.aborted) return { name, outcome: "skipped", steps: [] };
      const fresh = found.get(name);
      if (fresh?.kind === "refused" && !fresh.notKilled) return refused(fresh);
      const killed = fresh?.kind === "restore" ? fresh : undefined;
      const difference = differenceSinceShown(previewed, killed, options.now?.() ?? new Date());
      if (difference !== undefined || killed === undefined)
        return {
          name,
          outcome: "changed",
          message: `${difference} Nothing was done; look again.`,
          record: previewed.record,
          steps: [],
        };
      return await restoreClaimed(session, killed, options, report);
    } catch (error) {
      return { name, outcome: "failed", message: toAccountError(error).message, steps: [] };
    } finally {
      done++;
      report();
    }
  });
}

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
    const message = await busyMessage(journal, accountKey(session.identity), name);
    return { name, outcome: "failed", message, steps: [] };
  }
  try {
    const { entry } = previewed;
    const now = entry === undefined ? undefined : await journal.read(record.id);
    if (now !== undefined && !isOpen(now)) {
      const message = `Another process has restored ${name} meanwhile; nothing was done here.`;
      return { name, outcome: "failed", message, steps: [] };
    }
    await session.verify();
    const meanwhile = await killedAgain(session, previewed, journal);
    if (meanwhile !== undefined) return { name, outcome: "changed", message: meanwhile, record, steps: [] };
    const wanted = keepChanges ? withoutConflicts(record, conflicts, fresh) : record;
    return await restoreOne(session, { ...previewed, record: wanted }, options, report);
  } finally {
    await claim.release();
  }
}

/** Many functions take a minute: does the function still carry the record that is to be restored? A sentence when it does not. */
async function killedAgain(
  session: Session,
  { name, record, source }: ToRestore,
  journal: Journal,
): Promise<string | undefined> {
  const tags = await readTags(session, record.arn).catch(() => undefined);
  if (tags === undefined) return undefined;
  const now = decodeKillTags(tags, record.arn);
  if (now.kind === "record" && now.record.id !== record.id && !(await isClosed(journal, now.record.id)))
    return `${name} was killed again by ${now.record.who} meanwhile; nothing was done. Look again.`;
  return now.kind === "none" && source === "tags"
    ? `Somebody has restored ${name} meanwhile; nothing was done. Look again.`
    : undefined;
}

function refused({ name, message, error }: Extract<PreviewedRestore, { readonly kind: "refused" }>): RestoredFunction {
  return { name, outcome: error === undefined ? "notKilled" : "failed", message, steps: [] };
}
