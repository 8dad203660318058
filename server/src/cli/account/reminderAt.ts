import { UsageError } from "../io.ts";

const units: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
/** A year and a day: a later reminder reminds nobody. */
const LONGEST = 366 * 86_400_000;

/** When somebody is to be reminded of a kill: `30m`, `2h`, `3d`, `1w` from now on, or a date. Throws a `UsageError`. */
export function reminderAt(option: string, text: string, now: Date): Date {
  const [, count, unit = ""] = /^(\d{1,5})([mhdw])$/.exec(text) ?? [];
  // Date.parse takes the 31st of February for the 3rd of March.
  const day = new Date(`${text.slice(0, 10)}T00:00:00Z`);
  const isDay = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.slice(0, 10));
  const isDate = isDay && /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/.test(text);
  const time =
    count === undefined ? (isDate ? Date.parse(text) : Number.NaN) : now.getTime() + Number(count) * (units[unit] ?? 0);
  if (Number.isNaN(time)) {
    throw new UsageError(`--${option} takes 30m, 2h, 3d, 1w or a date such as 2026-12-24T18:00:00Z, not "${text}".`);
  }
  if (time <= now.getTime()) throw new UsageError(`--${option} ${text} is in the past.`);
  if (time - now.getTime() > LONGEST)
    throw new UsageError(`--${option} ${text} is more than a year away; leave it out.`);
  return new Date(time);
}
