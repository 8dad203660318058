import assert from "node:assert/strict";
import { test } from "node:test";
import {
  judgeReservation,
  mostFor,
  type ReservationFacts,
  readReservation,
  reservationPrompt,
} from "#operations/reservationInput.ts";

const facts: ReservationFacts = {
  state: {
    limit: 1000,
    unreserved: 400,
    floor: 100,
    functions: [
      { name: "orders", reserved: 10, provisioned: [] },
      { name: "search", reserved: 50, provisioned: [{ qualifier: "live", requested: 20 }] },
      { name: "jobs", reserved: null, provisioned: [{ qualifier: "live", requested: 30 }] },
    ],
  },
  floorSource: "estimated",
  chosen: [],
};

const information = (message: string) => ({ severity: "information", message });
const error = (message: string) => ({ severity: "error", message });

test("a reservation is a whole number or none", () => {
  assert.deepEqual(["25", "0", "none", "None", "-1", "2.5", "1e3", "off", "1234567890", ""].map(readReservation), [
    25,
    0,
    null,
    null,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test("while one types it is said what is left", () => {
  assert.deepEqual(
    judgeReservation("25", ["orders"], facts),
    information("Leaves 385 unreserved, 285 above the floor of 100 (estimated)."),
  );
  assert.deepEqual(
    judgeReservation("310", ["orders"], facts),
    information("Leaves 100 unreserved, 0 above the floor of 100 (estimated)."),
  );
  assert.deepEqual(
    judgeReservation("none", ["orders"], facts),
    information("Leaves 410 unreserved, 310 above the floor of 100 (estimated)."),
  );
});

test("one more than fits is refused with the number that fits, its own reservation credited", () => {
  assert.equal(mostFor(["orders"], facts), 310);
  assert.deepEqual(
    judgeReservation("311", ["orders"], facts),
    error("At most 310: 400 are unreserved, and Lambda keeps a floor of 100 (estimated)."),
  );
  assert.equal(mostFor(["jobs"], facts), 330, "its provisioned concurrency is what it takes now");
});

test("what Lambda refuses for provisioned concurrency is refused while one types", () => {
  const { severity, message = "" } = judgeReservation("19", ["search"], facts) ?? {};
  assert.equal(severity, "error");
  assert.match(message, /^search has a provisioned concurrency of 20 \(20 on alias live\)/);
});

test("0 points to the kill switch, and what it has already is left to the prompt", () => {
  assert.deepEqual(
    judgeReservation("0", ["orders"], facts),
    information("0 switches orders off. The kill switch does that too, and can put back how it was: Enter offers it."),
  );
  assert.deepEqual(judgeReservation("10", ["orders"], facts), undefined);
  assert.deepEqual(
    judgeReservation("ten", ["orders"], facts),
    error("A reservation is a whole number from 0 on, or none."),
  );
});

test("one number for several functions counts for each, and what was chosen before counts", () => {
  assert.equal(mostFor(["orders", "search"], facts), 180);
  assert.deepEqual(
    judgeReservation("181", ["orders", "search"], facts),
    error("At most 180 for each: 400 are unreserved, and Lambda keeps a floor of 100 (estimated)."),
  );
  const later = { ...facts, chosen: [{ name: "orders", reserved: 300 }] };
  assert.equal(mostFor(["search"], later), 60);
  assert.deepEqual(
    judgeReservation("61", ["search"], later),
    error("At most 60: 110 are unreserved with what was chosen before, and Lambda keeps a floor of 100 (estimated)."),
  );
});

test("the prompt says what it has now and how much fits", () => {
  assert.equal(
    reservationPrompt(["orders"], facts),
    "It has 10; at most 310 fits above the floor of 100 (estimated). A number, or none.",
  );
  assert.equal(
    reservationPrompt(["jobs"], { ...facts, floorSource: "learned" }),
    "It has no reservation; at most 330 fits above the floor of 100 (learned from Lambda). A number, or none.",
  );
  assert.equal(
    reservationPrompt(["orders", "search"], facts),
    "A reservation for each of 2 functions: at most 180, or none.",
  );
});
