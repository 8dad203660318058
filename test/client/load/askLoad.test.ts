import assert from "node:assert/strict";
import { test } from "node:test";
import { askLoad, readShape } from "#client/load/askLoad.ts";
import { loadMaxima, loweredMaxima } from "#core";
import type { Choice } from "#operations";
import { fakeWindow } from "../operations/fakeWindow.ts";

const title = "Throw Load at orders";

/** Takes these labels in turn. */
function taking(labels: readonly string[], inputs: readonly string[] = []) {
  const [picks, texts] = [[...labels], [...inputs]];
  return fakeWindow({ pick: (_: Choice<unknown>) => picks.shift(), input: () => texts.shift() });
}

test("load, payload and reservation are asked for", async () => {
  const window = taking(["500 requests by 10 workers", "No payload", "Measure as it is"]);
  assert.deepEqual(await askLoad(window, "orders", loadMaxima), {
    shape: { kind: "closed", requests: 500, workers: 10 },
  });
  assert.deepEqual(window.shown, [`pick ${title}`, `pick ${title}`, `pick ${title}`]);
  const typed = taking(["Other…", "Type JSON…", "Compare with a reservation…"], ["20/s for 30 s", '{"id":7}', "25"]);
  assert.deepEqual(await askLoad(typed, "orders", loadMaxima), {
    shape: { kind: "open", rate: 20, seconds: 30, arrivals: "constant" },
    payload: '{"id":7}',
    reserve: 25,
  });
});

test("each question can be cancelled, and takes only what can be sent", async () => {
  const first = "500 requests by 10 workers";
  const all = [[], [first], [first, "No payload"], ["Other…"], [first, "Type JSON…"]] as const;
  for (const labels of all) assert.equal(await askLoad(taking(labels), "orders", loadMaxima), undefined);
  for (const [labels, inputs] of [
    [["Other…"], ["5 million"]],
    [["Other…"], ["200000 by 50"]],
    [[first, "Type JSON…"], ["{"]],
    [[first, "No payload", "Compare with a reservation…"], ["1.5"]],
  ] as const)
    assert.equal(await askLoad(taking(labels, inputs), "orders", loadMaxima), undefined);
});

test("a load is read from a text", () => {
  assert.deepEqual(readShape("5 by 50"), { kind: "closed", requests: 5, workers: 5 });
  assert.deepEqual(readShape("0.5/s for 10s"), { kind: "open", rate: 0.5, seconds: 10, arrivals: "constant" });
  for (const text of ["0 by 1", "5 by 0", "0/s for 1 s", "5", "-5 by 1"]) assert.equal(readShape(text), undefined);
});

test("a setting lowers what is sent at most, and raises nothing", () => {
  assert.deepEqual(loweredMaxima({ requests: 10, workers: 5000, rate: -1, seconds: "x" }), {
    ...loadMaxima,
    requests: 10,
  });
  assert.deepEqual(loweredMaxima(undefined), loadMaxima);
});
