import { isoText, num } from "#core";
import { type RetryPolicy, retryPolicy } from "../change/retryPolicy.ts";
import type { KnownKills } from "./findRecords.ts";
import { mayBeStale } from "./mayBeStale.ts";
import type { PreviewedKill } from "./previewedKill.ts";

const READS = 5;

/**
 * A function that reads as off right after this machine has restored it may run: the read may lag. It is read again for
 * some seconds; where it stays off nobody knows, and it is refused.
 */
export async function offForCertain(
  first: PreviewedKill,
  again: () => Promise<PreviewedKill>,
  { restored }: KnownKills,
  now: Date,
  { wait }: RetryPolicy = retryPolicy,
): Promise<PreviewedKill> {
  const justRestored = (found: PreviewedKill) =>
    found.kind !== "off"
      ? undefined
      : restored.find(
          ({ record, changedAt }) =>
            record.name === found.name && mayBeStale(changedAt, now) && record.before.reserved !== found.reserved,
        );
  let found = first;
  for (let count = 1; count < READS && justRestored(found) !== undefined; count++) {
    await wait(500 * count);
    found = await again();
  }
  const entry = justRestored(found);
  if (entry === undefined || found.kind !== "off") return found;
  const { name, reserved } = found;
  const message = `Whether ${name} is off is not known yet: it was restored here ${isoText(entry.changedAt, now)}, and AWS still reports a reservation of ${num(reserved)}. Kill it again in a minute.`;
  return { name, kind: "refused", message };
}
