import assert from "node:assert/strict";
import { test } from "node:test";
import { killedIn } from "#client/kills/killedIn.ts";
import { fn, identity, snapshot } from "../views/support.ts";

const tag = (value: string) => ({ killTags: { "lambda-concurrency:kill:1": value } });
const functions = [fn("a", 0, tag("one")), fn("b", 10, { killTags: { "lambda-concurrency:other": "x" } }), fn("c", 5)];
const now = killedIn(snapshot(functions));

test("other numbers and other tags of an account are no reason to look at the tags of kills again", () => {
  const later = [fn("a", 7, tag("one")), fn("b", 20), fn("c", 6)];
  assert.equal(killedIn(snapshot(later, { readAt: "2026-01-02T03:05:00.000Z" })), now);
});

test("a kill, its end, another kill of the same function and another account are", () => {
  const [killed = fn("a", 0), ...others] = functions;
  const { killTags: _, ...restored } = killed;
  for (const other of [
    snapshot([restored, ...others]),
    snapshot([fn("a", 0, tag("two")), ...others]),
    snapshot([killed, ...others, fn("d", 0, tag("three"))]),
    snapshot(functions, { identity: { ...identity, region: "eu-west-1" } }),
    snapshot(functions, { identity: { ...identity, endpoint: "http://localhost:4566" } }),
  ])
    assert.notEqual(killedIn(other), now);
});
