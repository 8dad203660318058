import type { KillRecord } from "#core";
import { isDone } from "../change/outcome.ts";
import type { Patience } from "../change/patience.ts";
import { readTags } from "../change/read.ts";
import { untagFunction } from "../change/tagFunction.ts";
import { decodeKillTags, killTagsOf } from "../record/killTags.ts";
import type { Session } from "../session.ts";
import type { Audit } from "../state/audit.ts";
import type { Journal } from "../state/killJournal.ts";
import { toAccountError } from "../toAccountError.ts";
import { close } from "./closeKill.ts";
import { logTags } from "./logTags.ts";

/** How a kill is forgotten. */
export interface ForgetOptions {
  readonly journal: Journal;
  readonly audit?: Pick<Audit, "write">;
  readonly now?: () => Date;
  readonly patience?: Patience;
}

/**
 * Closes a kill without restoring it, because the function is gone or somebody decided otherwise: the record leaves its tags, and the
 * journal keeps it as removed. The function stays as it is. Gives a sentence when the tags are still there.
 */
export async function forgetKill(
  session: Session,
  { id, arn, name }: KillRecord,
  { journal, audit, patience, now = () => new Date() }: ForgetOptions,
): Promise<string | undefined> {
  const problems: string[] = [];
  try {
    const tags = killTagsOf(await readTags(session, arn));
    const decoded = decodeKillTags(tags, arn);
    if (decoded.kind === "record" && decoded.record.id === id) {
      const result = await untagFunction(session, arn, tags, patience === undefined ? {} : { patience });
      const unlogged = await logTags({ audit, action: "forget", id, name, now }, tags, "taken", result);
      if (unlogged !== undefined) problems.push(unlogged);
      if (!isDone(result)) return result.message ?? "The tags were not removed.";
    }
  } catch (error) {
    const problem = toAccountError(error, "lambda:UntagResource");
    if (problem.kind !== "notFound") return problem.message;
  }
  await close(journal, id, "removed", now());
  return problems[0];
}
