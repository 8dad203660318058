import type { KillRecord } from "#core";
import { AccountError } from "../accountError.ts";
import { inParallel } from "../inParallel.ts";
import { readFunction } from "../reading/readFunction.ts";
import { decodeKillTags } from "../record/killTags.ts";
import type { Session } from "../session.ts";
import { toAccountError } from "../toAccountError.ts";
import { isInForce } from "./isInForce.ts";
import { isKilledTo } from "./killedAs.ts";
import { readKillFacts } from "./readKillFacts.ts";

const WIDTH = 8;

/**
 * Which of these kills, known by the tagging API alone, are open: that API may lag, and whoever restores a function may
 * not be able to remove its tags. So each function is read directly; a record that is no longer on it is closed, and so
 * is one of which nothing is off any more. Gives the records as the functions carry them now. What cannot be read
 * counts as open. Throws an `AccountError` when it is cancelled.
 */
export async function openElsewhere(
  session: Session,
  records: readonly KillRecord[],
  signal: AbortSignal | undefined,
): Promise<readonly KillRecord[]> {
  const found = await inParallel(records, WIDTH, async (record) => await openNow(session, record, signal));
  return found.flatMap((record) => record ?? []);
}

async function openNow(
  session: Session,
  listed: KillRecord,
  signal: AbortSignal | undefined,
): Promise<KillRecord | undefined> {
  try {
    const live = await readFunction(session, listed.name, signal);
    const tags = decodeKillTags(live.killTags ?? {}, live.arn);
    if (tags.kind !== "record") return undefined;
    const { record } = tags;
    const { reserved } = live;
    if (typeof reserved === "object" && reserved !== null) return record;
    if (reserved !== record.before.reserved && isKilledTo(record, reserved)) return record;
    const facts = (await readKillFacts(session, [record.name], signal === undefined ? {} : { signal })).get(
      record.name,
    );
    const isRead = facts !== undefined && !(facts instanceof AccountError);
    return isRead && !isInForce(record, facts) ? undefined : record;
  } catch (error) {
    const { kind } = toAccountError(error);
    if (kind === "cancelled") throw error;
    return kind === "notFound" ? undefined : listed;
  }
}
