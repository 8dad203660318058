import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import {
  age,
  ahead,
  dateTimeText,
  inHours,
  isoText,
  momentText,
  parseMoment,
  tomorrowMorning,
} from "#core/wording/times.ts";

/** Runs the rest of a test as if on a machine in this time zone. */
function inZone(t: TestContext, zone: string): void {
  const before = process.env.TZ;
  process.env.TZ = zone;
  t.after(() => {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });
}

/** 14:00 of 2026-02-23, a Monday, wherever the test runs. */
const now = () => new Date(2026, 1, 23, 14, 0);
const at = (day: number, hours: number, minutes = 0, month = 1, year = 2026) =>
  new Date(year, month, day, hours, minutes);

const zones = ["UTC", "America/New_York", "Asia/Kolkata"];

for (const zone of zones) {
  test(`a moment is said as people say it, in the time of the machine (${zone})`, (t) => {
    inZone(t, zone);
    const table: readonly (readonly [Date, string])[] = [
      [at(23, 9, 5), "09:05"],
      [at(24, 0), "tomorrow 00:00"],
      [at(22, 23, 59), "yesterday 23:59"],
      [at(3, 8, 0, 2), "3 Mar 08:00"],
      [at(3, 8, 0, 11, 2025), "3 Dec 2025 08:00"],
      [new Date(Number.NaN), "at an unknown time"],
    ];
    for (const [moment, text] of table) assert.equal(momentText(moment, now()), text);
    assert.equal(isoText(at(23, 12, 30).toISOString(), now()), "12:30");
    assert.equal(isoText("soon", now()), "at an unknown time");
    assert.equal(dateTimeText(at(23, 9, 5).toISOString()), "23 Feb 2026 09:05");
    assert.equal(dateTimeText("soon"), "at an unknown time");
  });

  test(`a time can be typed as a span, a time of day or a date; without a zone it is local (${zone})`, (t) => {
    inZone(t, zone);
    const table: readonly (readonly [string, Date])[] = [
      ["30m", at(23, 14, 30)],
      ["90m", at(23, 15, 30)],
      ["2h", at(23, 16)],
      [" 2 h ", at(23, 16)],
      ["3d", at(26, 14)],
      ["3D", at(26, 14)],
      ["1w", at(2, 14, 0, 2)],
      ["18:00", at(23, 18)],
      ["9:30", at(24, 9, 30)],
      ["14:00", at(24, 14)],
      ["2026-02-25", at(25, 0)],
      ["2026-02-28", at(28, 0)],
      ["2026-02-25 18:00", at(25, 18)],
      ["2026-02-25T18:00:30", new Date(2026, 1, 25, 18, 0, 30)],
      ["2026-02-25T18:00:00Z", new Date(Date.UTC(2026, 1, 25, 18))],
      ["2026-02-25T18:00+02:00", new Date(Date.UTC(2026, 1, 25, 16))],
      ["2026-02-25T18:00:00.500Z", new Date(Date.UTC(2026, 1, 25, 18, 0, 0, 500))],
    ];
    for (const [text, moment] of table) assert.deepEqual(parseMoment(text, now()), moment, text);
  });
}

test("what is no time, in no calendar, past or too far ahead is refused with a sentence", () => {
  const none = "This is not a time. Write 30m, 2h, 3d, 1w, 18:00, 2026-11-24 or 2026-11-24 18:00.";
  const table: Readonly<Record<string, readonly string[]>> = {
    [none]: ["", "soon", "monday", "25:00", "2h30", "-1h", "1e3h", "2026-02-25T24:00", "2026-02-25 18:60", "2026-2-25"],
    "There is no such day in the calendar.": ["2026-02-31", "2026-02-29", "2026-13-01", "2026-04-31 18:00"],
    "This is in the past.": ["2026-02-22", "2026-02-23", "0h", "2026-02-23 14:00"],
    "This is more than a year ahead. Choose an earlier time, or no reminder.": ["400d", "53w", "2028-02-29"],
  };
  for (const [sentence, texts] of Object.entries(table))
    for (const text of texts) assert.equal(parseMoment(text, now()), sentence, text);
});

test("reminders are offered in hours, and for the next morning also across the end of a month", () => {
  assert.deepEqual(inHours(now(), 2), at(23, 16));
  assert.deepEqual(tomorrowMorning(now()), at(24, 9));
  assert.deepEqual(tomorrowMorning(at(31, 23, 0, 11)), new Date(2027, 0, 1, 9));
});

test("ages are in the unit a person would use", () => {
  const noon = new Date("2026-01-02T12:00:00Z");
  const ages = ["2026-01-02T11:59:30Z", "2026-01-02T11:59:00Z", "2026-01-02T11:00:00Z", "2025-12-31T11:00:00Z", "x"];
  assert.deepEqual(
    ages.map((iso) => age(iso, noon)),
    ["just now", "1 minute ago", "1 hour ago", "2 days ago", "at an unknown time"],
  );
});

test("how far ahead a moment is, in the same units", () => {
  const table: readonly (readonly [string, string])[] = [
    ["30m", "in 30 minutes"],
    ["1h", "in 1 hour"],
    ["90m", "in 1 hour"],
    ["47h", "in 47 hours"],
    ["3d", "in 3 days"],
    ["1w", "in 7 days"],
  ];
  for (const [text, said] of table) {
    const moment = parseMoment(text, now());
    assert.ok(moment instanceof Date);
    assert.equal(ahead(moment, now()), said);
  }
});
