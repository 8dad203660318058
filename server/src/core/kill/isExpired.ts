import type { KillRecord } from "../killRecord.ts";

/** Is its reminder due at `now`? A kill without `until` has none. */
export function isExpired({ until }: Pick<KillRecord, "until">, now: Date): boolean {
  return until !== undefined && Date.parse(until) <= now.getTime();
}
