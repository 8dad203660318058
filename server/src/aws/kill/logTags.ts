import type { Outcome } from "../change/outcome.ts";
import type { Audit, AuditEntry } from "../state/audit.ts";

/** Who logs for what. */
export interface TagLog {
  readonly audit: Pick<Audit, "write"> | undefined;
  readonly action: Extract<AuditEntry["action"], "kill" | "restore" | "forget">;
  readonly id: string;
  readonly name: string;
  readonly now: () => Date;
}

/** Logs that the tags of a record were put on a function or taken off it. What went wrong with the log comes back as a sentence. */
export async function logTags(
  { audit, action, id, name, now }: TagLog,
  tags: Readonly<Record<string, string>>,
  change: "put" | "taken",
  { outcome, message }: Outcome<unknown>,
): Promise<string | undefined> {
  const keys = Object.keys(tags).sort();
  return await audit?.write({
    time: now().toISOString(),
    action,
    id,
    function: name,
    field: "tags",
    before: change === "put" ? null : keys,
    after: change === "put" ? keys : null,
    result: outcome,
    ...(message === undefined ? {} : { message }),
  });
}
