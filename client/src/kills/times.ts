const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const day = 24 * 60 * 60_000;

/** A moment as people say it, in the time of this machine: `14:05`, `tomorrow 09:00`, `23 Nov 14:05`, `23 Nov 2025 14:05`. */
export function momentText(moment: Date, now: Date): string {
  if (Number.isNaN(moment.getTime())) return "at an unknown time";
  const clock = `${two(moment.getHours())}:${two(moment.getMinutes())}`;
  const days = Math.round((midnight(moment) - midnight(now)) / day);
  if (days === 0) return clock;
  if (days === 1) return `tomorrow ${clock}`;
  if (days === -1) return `yesterday ${clock}`;
  const year = moment.getFullYear() === now.getFullYear() ? "" : ` ${moment.getFullYear()}`;
  return `${moment.getDate()} ${months[moment.getMonth()]}${year} ${clock}`;
}

/** A moment of a record, as `momentText` says it. */
export function isoText(iso: string, now: Date): string {
  return momentText(new Date(iso), now);
}

/** 09:00 of the next day, in the time of this machine. */
export function tomorrowMorning(now: Date): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 9);
}

/** So many hours from now. */
export function inHours(now: Date, hours: number): Date {
  return new Date(now.getTime() + hours * 60 * 60_000);
}

const units = { m: 60_000, h: 60 * 60_000, d: day } as const;
const longest = 366 * day;

/** A moment that somebody typed: `90m`, `2h`, `3d`, `18:00`, `2026-11-24 18:00`. A sentence when it is none, or not in the coming year. */
export function parseMoment(text: string, now: Date): Date | string {
  const found = span(text, now) ?? clockTime(text, now) ?? date(text);
  if (found === undefined) return "Write a time such as 90m, 2h, 3d, 18:00 or 2026-11-24 18:00.";
  const ahead = found.getTime() - now.getTime();
  if (ahead <= 0) return "That is in the past.";
  return ahead > longest ? "That is more than a year ahead." : found;
}

function span(text: string, now: Date): Date | undefined {
  const [, count, unit] = /^(\d{1,6})\s*([mhd])$/i.exec(text.trim()) ?? [];
  if (count === undefined || unit === undefined) return undefined;
  return new Date(now.getTime() + Number(count) * units[unit.toLowerCase() as keyof typeof units]);
}

/** A time of today, or of tomorrow when it has passed. */
function clockTime(text: string, now: Date): Date | undefined {
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text.trim()) ?? [];
  if (hours === undefined || minutes === undefined) return undefined;
  const at = (days: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, Number(hours), Number(minutes));
  return at(0).getTime() > now.getTime() ? at(0) : at(1);
}

function date(text: string): Date | undefined {
  if (!/^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?$/.test(text.trim())) return undefined;
  const [day = "", clock = "00:00"] = text.trim().split(/[ T]/);
  const moment = new Date(`${day}T${clock}`);
  return Number.isNaN(moment.getTime()) ? undefined : moment;
}

function midnight(moment: Date): number {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
