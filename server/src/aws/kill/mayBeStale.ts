/** In milliseconds. AWS names no bound for how late a read may show a change; seconds have been seen. */
const LONGEST_LAG = 60_000;

/**
 * May reads still lag behind what this machine changed at `changedAt` (ISO 8601)? Then one that contradicts it proves
 * nothing.
 */
export function mayBeStale(changedAt: string, now: Date): boolean {
  const passed = now.getTime() - Date.parse(changedAt);
  return passed >= 0 && passed < LONGEST_LAG;
}
