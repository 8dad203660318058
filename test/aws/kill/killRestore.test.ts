import assert from "node:assert/strict";
import { test } from "node:test";
import { sceneFor } from "./scene.ts";

test("kill and restore are the identity on every field, for functions of all sorts", async (t) => {
  const names = ["orders", "plain", "off", "warm"];
  const scene = await sceneFor(t);
  const look = async () => {
    const found = [];
    for (const name of names) found.push(await scene.seen(name));
    return found;
  };
  const before = await look();
  const killed = await scene.kill(names);
  assert.deepEqual(
    killed.map(({ name, outcome }) => [name, outcome]),
    [
      ["orders", "killed"],
      ["plain", "killed"],
      ["off", "alreadyOff"],
      ["warm", "killed"],
    ],
  );
  const off = await look();
  assert.deepEqual(
    off.map(({ reserved }) => reserved),
    [0, 0, 0, 0],
  );
  const restored = await scene.restore(["orders", "plain", "warm"]);
  assert.deepEqual(
    restored.map(({ name, outcome }) => [name, outcome]),
    [
      ["orders", "warming"],
      ["plain", "restored"],
      ["warm", "warming"],
    ],
  );
  assert.deepEqual(await look(), before);
});
