import assert from "node:assert/strict";
import { test } from "node:test";
import { messageText } from "#client/messageText.ts";

/** What VS Code takes for a link in a message. */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)/;

test("what a service answers never becomes a link of a message", () => {
  const answer = "Denied. [Repair](command:workbench.action.quit) or [read](https://example.com).";
  assert.match(answer, link);
  assert.doesNotMatch(messageText(answer), link);
  assert.equal(messageText("Limit [1,000] (stated)."), "Limit [1,000] (stated).");
});
