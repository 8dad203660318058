import { accountKey, type KillRecord } from "#core";
import { isDone } from "../change/outcome.ts";
import { readTags } from "../change/read.ts";
import type { RetryPolicy } from "../change/retryPolicy.ts";
import { untagFunction } from "../change/tagFunction.ts";
import { type DecodedKill, decodeKillTags, killTagsOf } from "../record/killTags.ts";
import type { Session } from "../session.ts";
import type { Audit } from "../state/audit.ts";
import { busyMessage, isOpen, type Journal } from "../state/killJournal.ts";
import { toAccountError } from "../toAccountError.ts";
import { close } from "./closeKill.ts";
import { logTags } from "./logTags.ts";

/** How a kill is forgotten. */
export interface ForgetOptions {
  readonly journal: Journal;
  readonly audit?: Pick<Audit, "write">;
  readonly now?: () => Date;
  readonly retryPolicy?: RetryPolicy;
}

/**
 * What became of a kill that was to be forgotten.
 * - `forgotten`: it is closed; `message` says what else is to be known.
 * - `changed`: it is no longer open, or the function was killed again; nothing was done.
 * - `failed`: it is still open; `message` says why.
 */
export interface ForgottenKill {
  readonly name: string;
  readonly outcome: "forgotten" | "changed" | "failed";
  readonly message?: string;
}

/**
 * Closes a kill without restoring it, because the function is gone or somebody decided otherwise: the record leaves its tags, and the
 * journal keeps it as removed. The function stays as it is. Only the kill that was shown is closed, never a later one. Never throws.
 */
export async function forgetKill(session: Session, record: KillRecord, options: ForgetOptions): Promise<ForgottenKill> {
  const { name } = record;
  const { journal } = options;
  try {
    const key = accountKey(session.identity);
    const claim = await journal.claim(key, name);
    if (claim === undefined) return { name, outcome: "failed", message: await busyMessage(journal, key, name) };
    try {
      return await forgetClaimed(session, record, options);
    } finally {
      await claim.release();
    }
  } catch (error) {
    return { name, outcome: "failed", message: toAccountError(error).message };
  }
}

async function forgetClaimed(
  session: Session,
  { id, arn, name }: KillRecord,
  { journal, audit, retryPolicy, now = () => new Date() }: ForgetOptions,
): Promise<ForgottenKill> {
  const tags = await tagsOf(session, arn);
  if (typeof tags === "string") return { name, outcome: "failed", message: tags };
  const decoded = decodeKillTags(tags, arn);
  const isTagged = decoded.kind === "record" && decoded.record.id === id;
  const entry = await journal.read(id);
  if (!isTagged && (entry === undefined || !isOpen(entry)))
    return { name, outcome: "changed", message: closedText(name, decoded) };
  const problems: string[] = [];
  if (isTagged) {
    const result = await untagFunction(session, arn, tags, retryPolicy === undefined ? {} : { retryPolicy });
    const unlogged = await logTags({ audit, action: "forget", id, name, now }, tags, "taken", result);
    if (unlogged !== undefined) problems.push(unlogged);
    if (!isDone(result)) return { name, outcome: "failed", message: result.message ?? "The tags were not removed." };
  }
  if (entry !== undefined && isOpen(entry)) await close(journal, id, "removed", now());
  const [message] = problems;
  return { name, outcome: "forgotten", ...(message === undefined ? {} : { message }) };
}

function closedText(name: string, tags: DecodedKill): string {
  const now =
    tags.kind === "record"
      ? `${name} was killed again by ${tags.record.who} meanwhile`
      : `Somebody has restored ${name} meanwhile`;
  return `${now}; nothing was forgotten. Look again.`;
}

/** The tags of a kill on a function, none where it is gone; a string says why they cannot be read. */
async function tagsOf(session: Session, arn: string): Promise<Readonly<Record<string, string>> | string> {
  try {
    return killTagsOf(await readTags(session, arn));
  } catch (error) {
    const problem = toAccountError(error, "lambda:UntagResource");
    return problem.kind === "notFound" ? {} : problem.message;
  }
}
