import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { GetFunctionCommand } from "@aws-sdk/client-lambda";
import { readSnapshot } from "#aws";
import { type AccountSnapshot, readFirst } from "#core";
import { complaints, progressOf, reservations, type Scene, sceneFor } from "./support.ts";

/** 200 functions, of which the last ones of the list reserve. */
const account = {
  functions: [
    ...Array.from({ length: 200 }, (_, i) => ({ name: `f${String(i).padStart(3, "0")}` })),
    { name: "shop-Pay-1A2B3C", reserved: 70 },
    { name: "shop-Mail-9Z8Y7X", reserved: 0 },
    { name: "zeta", reserved: 30 },
  ],
};

/** A scene that also lists the functions that were asked for, in order. */
async function watched(t: TestContext, file = account): Promise<Scene & { readonly asked: readonly string[] }> {
  const scene = await sceneFor(t, file);
  const asked: string[] = [];
  const { lambda } = scene.session;
  const send = lambda.send.bind(lambda);
  lambda.send = ((command: unknown, ...rest: unknown[]) => {
    if (command instanceof GetFunctionCommand) asked.push(command.input.FunctionName ?? "");
    return (send as (...all: unknown[]) => unknown)(command, ...rest);
  }) as typeof lambda.send;
  return { ...scene, asked };
}

test("what files declare by name is asked for before it is listed, what is not there costs one call and no function", async (t) => {
  const { session, asked } = await watched(t);
  const snapshot = await readSnapshot(session, {
    first: readFirst([
      { name: "zeta", key: "" },
      { name: "gone", key: "" },
    ]),
  });
  assert.deepEqual(asked.slice(0, 2), ["zeta", "gone"]);
  assert.equal(asked.filter((name) => name === "zeta").length, 1, "not again when it is listed");
  assert.deepEqual([progressOf(snapshot), snapshot.problems], ["complete 203/203", []]);
});

test("what the last snapshot knew comes next: declared by the beginning of its name, then reserved, then on screen", async (t) => {
  const { session, asked } = await watched(t);
  const previous = await readSnapshot(session);
  const before = asked.length;
  const first = readFirst([{ name: null, key: "shop/Mail" }]);
  const snapshot = await readSnapshot(session, { previous, first, shown: ["f150", "no-more"] });
  assert.deepEqual(asked.slice(before, before + 4), ["shop-Mail-9Z8Y7X", "shop-Pay-1A2B3C", "zeta", "f150"]);
  assert.deepEqual([progressOf(snapshot), asked.length - before], ["complete 203/203", 203]);
});

test("what is declared may become known while the list is read: it overtakes what waits", async (t) => {
  const { session, asked } = await watched(t);
  let tell = (_: ReturnType<typeof readFirst>) => {};
  const first = new Promise<ReturnType<typeof readFirst>>((resolve) => {
    tell = resolve;
  });
  const snapshot = await readSnapshot(session, {
    first,
    onProgress: () => tell(readFirst([{ name: "zeta", key: "" }])),
  });
  assert.ok(asked.indexOf("zeta") < 60, `zeta was asked for as number ${asked.indexOf("zeta")}`);
  assert.equal(progressOf(snapshot), "complete 203/203");
});

test("a declaration that never comes does not keep a reading from its end", async (t) => {
  const { session } = await watched(t);
  assert.equal(progressOf(await readSnapshot(session, { first: new Promise(() => {}) })), "complete 203/203");
});

test("without a right to read reservations, a name that only files know is no function", async (t) => {
  const { session, faults } = await watched(t);
  faults({ kind: "deny", action: "GetFunction" }, { kind: "deny", action: "GetFunctionConcurrency" });
  const snapshot = await readSnapshot(session, {
    first: readFirst([
      { name: "gone", key: "" },
      { name: "zeta", key: "" },
    ]),
  });
  assert.deepEqual([snapshot.functions.length, "gone" in reservations(snapshot)], [203, false]);
  assert.deepEqual(complaints(snapshot), ["lambda:GetFunction", "lambda:GetFunctionConcurrency"]);
});

test("reading says when the reservations come to all that is reserved, and only until it has ended", async (t) => {
  const { session } = await watched(t);
  const seen: AccountSnapshot[] = [];
  const first = readFirst([
    { name: "zeta", key: "" },
    { name: "shop-Pay-1A2B3C", key: "" },
  ]);
  await readSnapshot(session, { first, onProgress: (snapshot) => seen.push(snapshot) });
  const accounted = seen.filter(({ reading }) => reading.accounted);
  assert.deepEqual([...new Set(accounted.map(({ reading }) => reading.state))], ["reading"]);
  for (const { functions } of accounted) {
    const sum = functions.reduce((total, { reserved }) => total + (typeof reserved === "number" ? reserved : 0), 0);
    assert.equal(sum, 100);
  }
  assert.deepEqual([seen[0]?.reading.accounted, seen.at(-1)?.reading.accounted], [undefined, undefined]);
});
