import { accountKey } from "#core";
import { AccountError } from "../accountError.ts";
import { inParallel } from "../inParallel.ts";
import type { AccountLists } from "../reading/accountLists.ts";
import type { Session } from "../session.ts";
import { busyMessage, cannotWrite, isOpen } from "../state/killJournal.ts";
import { toAccountError } from "../toAccountError.ts";
import type { KilledFunction, KillOptions } from "./killedFunction.ts";
import { failed, type KillContext, killOne, type ToKill } from "./killOne.ts";
import type { PreviewedKill } from "./previewedKill.ts";
import type { KillPreview } from "./previewKill.ts";
import { listsOfOneKill, lookAgain } from "./recheck.ts";
import { claimFromLoad } from "./takeOverLoad.ts";

const WIDTH = 8;

/**
 * Kills the functions of a preview; the caller is asked again before each. Throws an `AccountError` of kind `changed` when the credentials are of somebody else now; whatever
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
      return await killClaimed(session, previewed, lists, { ...options, report });
    } catch (error) {
      return failed(previewed.name, toAccountError(error).message);
    } finally {
      done++;
      report();
    }
  });
}

async function killClaimed(
  session: Session,
  previewed: ToKill,
  lists: AccountLists,
  context: KillContext,
): Promise<KilledFunction> {
  const { journal } = context;
  const { name } = previewed;
  const claim = await claimFromLoad(session, context, name).catch(cannotWrite(journal));
  if (claim === undefined) return failed(name, await busyMessage(journal, accountKey(session.identity), name));
  try {
    // Many functions take a minute, in which a tool may bring other credentials.
    await session.verify();
    const look = await lookAgain(session, previewed, journal, lists);
    const closed = await closedMeanwhile(previewed, journal);
    if (look.differences.length + closed.length > 0)
      return {
        name,
        outcome: "changed",
        message: `${[...closed, ...look.differences].join(" ")} Nothing was done; look again.`,
        steps: [],
      };
    await journal.loads.stop(accountKey(session.identity), name);
    return await killOne(session, previewed, look.killTags, context);
  } finally {
    await claim.release();
  }
}

/** A kill that is gone on with must still be the open one: its record would come to life again. */
async function closedMeanwhile(previewed: ToKill, journal: KillContext["journal"]): Promise<readonly string[]> {
  const { name, continues, replaces, earlier, takesOver } = previewed;
  if (takesOver !== undefined && !(await journal.loads.has(takesOver.id)))
    return [`The load test on ${name} has ended meanwhile.`];
  const record = continues ?? replaces;
  if (record === undefined || !earlier?.journal) return [];
  const entry = await journal.read(record.id);
  return entry !== undefined && isOpen(entry) ? [] : [`Another process has restored ${name} meanwhile.`];
}

function nothingToDo(previewed: Exclude<PreviewedKill, ToKill>): KilledFunction {
  const { name } = previewed;
  if (previewed.kind === "killed") return { name, outcome: "alreadyKilled", record: previewed.record, steps: [] };
  if (previewed.kind === "off") return { name, outcome: "alreadyOff", steps: [] };
  return failed(name, previewed.message);
}
