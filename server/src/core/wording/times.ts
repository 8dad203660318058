import { many } from "./words.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * A moment as people say it, in the time of this machine: `14:05`, `tomorrow 09:00`, `23 Nov 14:05`, `23 Nov 2025
 * 14:05`.
 */
export function momentText(moment: Date, now: Date): string {
  if (Number.isNaN(moment.getTime())) return "at an unknown time";
  const days = Math.round((midnight(moment) - midnight(now)) / day);
  if (days === 0) return clock(moment);
  if (days === 1) return `tomorrow ${clock(moment)}`;
  if (days === -1) return `yesterday ${clock(moment)}`;
  return moment.getFullYear() === now.getFullYear() ? `${date(moment)} ${clock(moment)}` : fullText(moment);
}

/** A moment of a record, as `momentText` says it. */
export function isoText(iso: string, now: Date): string {
  return momentText(new Date(iso), now);
}

/** A moment where nobody knows when the text is read, in the time of this machine: `23 Nov 2025 14:05`. */
export function dateTimeText(iso: string): string {
  return fullText(new Date(iso));
}

function fullText(moment: Date): string {
  if (Number.isNaN(moment.getTime())) return "at an unknown time";
  return `${date(moment)} ${moment.getFullYear()} ${clock(moment)}`;
}

/** How long ago something was: `just now`, `5 minutes ago`, `2 days ago`. */
export function age(iso: string, now: Date): string {
  const past = now.getTime() - Date.parse(iso);
  if (Number.isNaN(past)) return "at an unknown time";
  return past < minute ? "just now" : `${spanText(past)} ago`;
}

/** How far ahead a moment is: `in 30 minutes`, `in 2 hours`, `in 3 days`. */
export function ahead(moment: Date, now: Date): string {
  return `in ${spanText(moment.getTime() - now.getTime())}`;
}

function spanText(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / minute);
  if (minutes < 60) return many(minutes, "minute");
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? many(hours, "hour") : many(Math.floor(hours / 24), "day");
}

/** 09:00 of the next day, in the time of this machine. */
export function tomorrowMorning(now: Date): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 9);
}

/** So many hours from now. */
export function inHours(now: Date, hours: number): Date {
  return new Date(now.getTime() + hours * hour);
}

const units = { m: minute, h: hour, d: day, w: 7 * day } as const;
/** A year and a day: a later reminder reminds nobody. */
const longest = 366 * day;

/**
 * A moment ahead that somebody typed: `30m`, `2h`, `3d`, `1w` from now, `18:00`, `2026-11-24`, `2026-11-24 18:00`.
 * What names no time zone is in the time of this machine. A sentence when it is none of these, or not in the coming
 * year.
 */
export function parseMoment(text: string, now: Date): Date | string {
  const found = spanAhead(text.trim(), now) ?? timeOfDay(text.trim(), now) ?? dayAndTime(text.trim());
  if (found === undefined) return "This is not a time. Write 30m, 2h, 3d, 1w, 18:00, 2026-11-24 or 2026-11-24 18:00.";
  if (found === "noSuchDay") return "There is no such day in the calendar.";
  const span = found.getTime() - now.getTime();
  if (span <= 0) return "This is in the past.";
  return span > longest ? "This is more than a year ahead. Choose an earlier time, or no reminder." : found;
}

function spanAhead(text: string, now: Date): Date | undefined {
  const [, count, unit] = /^(\d{1,6})\s*([mhdw])$/i.exec(text) ?? [];
  if (count === undefined || unit === undefined) return undefined;
  return new Date(now.getTime() + Number(count) * units[unit.toLowerCase() as keyof typeof units]);
}

/** A time of today, or of tomorrow when it has passed. */
function timeOfDay(text: string, now: Date): Date | undefined {
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  if (hours === undefined || minutes === undefined) return undefined;
  const at = (days: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, Number(hours), Number(minutes));
  return at(0).getTime() > now.getTime() ? at(0) : at(1);
}

const written =
  /^(\d{4}-\d\d-\d\d)(?:[ T]((?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?))?$/;

function dayAndTime(text: string): Date | "noSuchDay" | undefined {
  const [, day, time = "00:00"] = written.exec(text) ?? [];
  if (day === undefined) return undefined;
  // Date takes the 31st of February for the 3rd of March.
  const inCalendar = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(inCalendar.getTime()) || !inCalendar.toISOString().startsWith(day)) return "noSuchDay";
  return new Date(`${day}T${time}`);
}

function midnight(moment: Date): number {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
}

function date(moment: Date): string {
  return `${moment.getDate()} ${months[moment.getMonth()]}`;
}

function clock(moment: Date): string {
  return `${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
