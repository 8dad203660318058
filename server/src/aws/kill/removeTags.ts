import type { KillRecord } from "#core";
import { isDone } from "../change/outcome.ts";
import { readTags } from "../change/read.ts";
import { type RetryPolicy, retryPolicy } from "../change/retryPolicy.ts";
import { untagFunction } from "../change/tagFunction.ts";
import { decodeKillTags, killTagsOf } from "../record/killTags.ts";
import type { Session } from "../session.ts";
import { logTags, type TagLog } from "./logTags.ts";
import type { FreshFunction } from "./readKillFacts.ts";

/** A record that is to leave the tags of its function. */
export interface RecordToRemove {
  readonly record: KillRecord;
  readonly fresh: Pick<FreshFunction, "live">;
  /** This machine has put it there. */
  readonly isTagged: boolean;
}

/** What came of it. */
export interface RemovedTags {
  /** Nothing more is to be done: the tags are gone, or this caller may not remove them. */
  readonly gone: boolean;
  /** They are still there. */
  readonly isLeft?: true;
  readonly message?: string;
}

const READS = 5;

/** Takes a record off its function. Where that is not allowed the tags stay, and somebody else must remove them. */
export async function removeTags(
  session: Session,
  { record: { id, arn, name }, fresh, isTagged }: RecordToRemove,
  log: TagLog,
  waiting: RetryPolicy = retryPolicy,
): Promise<RemovedTags> {
  let tags = killTagsOf(fresh.live.killTags ?? {});
  // Reading tags may lag: those that this machine has written are waited for.
  for (let count = 1; count < READS && isTagged && Object.keys(tags).length === 0; count++) {
    await waiting.wait(500 * count);
    tags = killTagsOf(await readTags(session, arn).catch(() => ({})));
  }
  const decoded = decodeKillTags(tags, arn);
  if (Object.keys(tags).length === 0 || (decoded.kind === "record" && decoded.record.id !== id)) return { gone: true };
  const result = await untagFunction(session, arn, tags, { retryPolicy: waiting });
  const unlogged = await logTags(log, tags, "taken", result);
  if (isDone(result)) return { gone: true, ...(unlogged === undefined ? {} : { message: unlogged }) };
  const message = `The tags of the kill are still on ${name}: ${result.message ?? "they were not removed"}`;
  // Tags of a kill that is known to be closed do no harm: what is restored stays restored.
  return { gone: result.error?.kind === "denied" || result.outcome === "unknown", isLeft: true, message };
}
