import type { KillRecord } from "#core";
import type { ChangeOptions } from "../change/compareAndSet.ts";
import { isDone, type Outcome } from "../change/outcome.ts";
import { tagFunction, untagFunction } from "../change/tagFunction.ts";
import { decodeKillTags, encodeKillTags } from "../record/killTags.ts";
import type { Session } from "../session.ts";

type Tags = Readonly<Record<string, string>>;

/** What came of putting a record on its function. */
export interface WrittenTags {
  readonly tags: Tags;
  /** Why it is not there, so that only this machine can restore. */
  readonly onlyHere?: string;
  /** What came of the call; absent when there was none. */
  readonly result?: Outcome<unknown>;
  /** Somebody else's record came first. */
  readonly taken?: string;
}

/**
 * Puts a record on its function as tags, in place of `old`, so that it can be restored from elsewhere. Never throws.
 * @param room how many tags there may be; undefined when the tags could not be read
 */
export async function writeTags(
  session: Session,
  record: KillRecord,
  old: Tags,
  room: number | undefined,
  options: ChangeOptions,
): Promise<WrittenTags> {
  const { arn, name } = record;
  const only = (why: string): WrittenTags => ({
    tags: {},
    onlyHere: `The record is not on ${name} as tags, so only this machine can restore it: ${why}`,
  });
  if (room === undefined) return only("its tags cannot be read.");
  const tags = encodeKillTags(record, room);
  if (tags === undefined) return only(`there is room for ${room} more tags, and the record needs more.`);
  if (decodeKillTags(tags, arn).kind !== "record") return only("it could not be read back from them.");
  const result = await tagFunction(session, arn, tags, { ...options, replacing: old });
  if (isDone(result)) return { tags, result };
  if (result.outcome === "changed")
    return { tags: {}, result, taken: `Somebody else put a record on ${name} meanwhile.` };
  return { ...only(result.message ?? "tagging failed."), tags, result };
}

/** Where a record cannot be put on its function, one of an earlier kill must not stand in its place. A sentence when it does. */
export async function takeEarlierTags(
  session: Session,
  { id, arn, name }: KillRecord,
  old: Tags,
  options: ChangeOptions,
): Promise<string | undefined> {
  const earlier = decodeKillTags(old, arn);
  if (earlier.kind !== "record" || earlier.record.id === id) return undefined;
  if (isDone(await untagFunction(session, arn, old, options))) return undefined;
  return `The tags of an earlier kill are still on ${name}: on another machine a restore would go by them.`;
}
