import type { KillRecord } from "#core";
import { isDone } from "../change/outcome.ts";
import type { Patience } from "../change/patience.ts";
import { readTags } from "../change/read.ts";
import { untagFunction } from "../change/tagFunction.ts";
import type { Session } from "../session.ts";
import { toAccountError } from "../toAccountError.ts";
import { close } from "./closeKill.ts";
import type { Journal } from "./journal.ts";
import { decodeKillTags, killTagsOf } from "./killTags.ts";

/**
 * Closes a kill without restoring it, because the function is gone or somebody decided otherwise: the record leaves its tags, and the
 * journal keeps it as removed. The function stays as it is. Gives a sentence when the tags are still there.
 */
export async function forgetKill(
  session: Session,
  { id, arn }: KillRecord,
  { journal, now, patience }: { readonly journal: Journal; readonly now?: () => Date; readonly patience?: Patience },
): Promise<string | undefined> {
  try {
    const tags = killTagsOf(await readTags(session, arn));
    const decoded = decodeKillTags(tags, arn);
    if (decoded.kind === "record" && decoded.record.id === id) {
      const result = await untagFunction(session, arn, tags, patience === undefined ? {} : { patience });
      if (!isDone(result)) return result.message ?? "The tags were not removed.";
    }
  } catch (error) {
    const problem = toAccountError(error, "lambda:UntagResource");
    if (problem.kind !== "notFound") return problem.message;
  }
  await close(journal, id, "removed", now?.() ?? new Date());
  return undefined;
}
