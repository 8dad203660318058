import type { KillRecord } from "./killRecord.ts";

/** Should it be over at `now`? A kill without `until` never expires. */
export function isExpired({ until }: Pick<KillRecord, "until">, now: Date): boolean {
  return until !== undefined && Date.parse(until) <= now.getTime();
}
