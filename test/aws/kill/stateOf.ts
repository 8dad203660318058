import assert from "node:assert/strict";
import type { Scene } from "./scene.ts";

/** A function of the demo account itself, and the Region it stands in: to change what somebody else would. */
export function stateOf({ demo }: Pick<Scene, "demo">, name: string) {
  const { state } = demo.account.region("us-east-1");
  const subject = state.functions.find((known) => known.name === name);
  assert.ok(subject);
  return { state, subject };
}
