import assert from "node:assert/strict";
import { test } from "node:test";
import { inHours, isoText, momentText, parseMoment, tomorrowMorning } from "#client/kills/times.ts";
import { now, today } from "./support.ts";

const at = (day: number, hours: number, minutes = 0, month = 10, year = 2026) =>
  new Date(year, month, day, hours, minutes);

test("a moment is said as people say it", () => {
  assert.equal(momentText(at(23, 9, 5), now), "09:05");
  assert.equal(momentText(at(24, 0), now), "tomorrow 00:00");
  assert.equal(momentText(at(22, 23, 59), now), "yesterday 23:59");
  assert.equal(momentText(at(3, 8, 0, 11), now), "3 Dec 08:00");
  assert.equal(momentText(at(3, 8, 0, 11, 2025), now), "3 Dec 2025 08:00");
  assert.equal(isoText(today(12, 30), now), "12:30");
  assert.equal(isoText("soon", now), "at an unknown time");
});

test("reminders are offered in hours, and for the next morning also across the end of a month", () => {
  assert.deepEqual(inHours(now, 2), at(23, 16));
  assert.deepEqual(tomorrowMorning(now), at(24, 9));
  assert.deepEqual(tomorrowMorning(at(31, 23, 0, 11)), new Date(2027, 0, 1, 9));
});

test("a time can be typed as a span, a time of day or a date", () => {
  assert.deepEqual(parseMoment("90m", now), at(23, 15, 30));
  assert.deepEqual(parseMoment(" 2 h ", now), at(23, 16));
  assert.deepEqual(parseMoment("3D", now), new Date(now.getTime() + 3 * 24 * 60 * 60_000));
  assert.deepEqual(parseMoment("18:00", now), at(23, 18));
  assert.deepEqual(parseMoment("9:30", now), at(24, 9, 30));
  assert.deepEqual(parseMoment("2026-11-24 18:00", now), at(24, 18));
  assert.deepEqual(parseMoment("2026-11-25", now), at(25, 0));
  assert.deepEqual(parseMoment("2026-11-24T18:00:00Z", now), new Date("2026-11-24T18:00:00Z"));
});

test("what is no time, past or too far ahead is refused with a sentence", () => {
  const no = "Write a time such as 90m, 2h, 3d, 18:00 or 2026-11-24 18:00.";
  for (const text of ["", "soon", "25:00", "2h30", "-1h", "2026-13-01", "1e3h"])
    assert.equal(parseMoment(text, now), no, text);
  assert.equal(parseMoment("2026-11-22", now), "That is in the past.");
  assert.equal(parseMoment("0h", now), "That is in the past.");
  assert.equal(parseMoment("400d", now), "That is more than a year ahead.");
});
