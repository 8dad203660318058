import assert from "node:assert/strict";
import { test } from "node:test";
import { type LiveFunction, roomFor } from "#core";

function fn(name: string, reserved: LiveFunction["reserved"], more: Partial<LiveFunction> = {}): LiveFunction {
  return { name, arn: `arn:aws:lambda:us-east-1:123456789012:function:${name}`, reserved, ...more };
}

test("holders are named largest first, without those that hold nothing, are killed, or are to be restored", () => {
  const functions = [
    fn("small", 10),
    fn("large", 300, { stack: { name: "shop", logicalId: "Large" } }),
    fn("none", null),
    fn("off", 0),
    fn("unknown", { unknown: "not read yet" }),
    fn("outside", 50, { outsidePool: "runs on Managed Instances" }),
    fn("killed", 1, { killTags: { "lambda-concurrency:kill:1": "x" } }),
    fn("wanted", 20),
  ];
  assert.deepEqual(roomFor(functions, 100, new Set(["wanted"])), {
    holders: [
      { name: "large", reserved: 300, stack: "shop" },
      { name: "small", reserved: 10 },
    ],
    enough: [{ name: "large", from: 300, to: 200 }],
  });
});

test("nobody is asked to give up all that it has", () => {
  assert.deepEqual(roomFor([fn("a", 100), fn("b", 101)], 100, new Set()).enough, [{ name: "b", from: 101, to: 1 }]);
});
