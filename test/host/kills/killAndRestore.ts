import assert from "node:assert/strict";
import type { AccountWindow } from "../accountWindows.ts";
import { accept, cancel, confirmation, dialog, nameBox } from "../questions.ts";
import { startCommand } from "../workbench.ts";
import { command, killBoth, names, pick, picker, restoreByMouse, seen, untilOff, untilRestored } from "./scene.ts";

/** What the message of a kill of blog-search must say. */
const said = [
  "Switch off blog-search?",
  "demo-account (123456789012)",
  "us-east-1",
  "blog-search: 150 → 0, provisioned 20 on alias live deleted, auto scaling of alias live suspended",
  "Asynchronous events are dropped at once and lost",
];

/** A kill and its restore in one editor. */
export const killAndRestore = {
  "Enter takes the function that was typed, the message says what is lost, and Escape there calls nothing": async ({
    page,
    proxy,
  }: AccountWindow) => {
    await startCommand(page, command);
    await picker(page).fill("blog-search");
    await page.locator('.quick-input-list .monaco-list-row[aria-label^="blog-search,"]').waitFor();
    await page.keyboard.press("Enter");
    const says = await confirmation(page);
    for (const part of said) assert.ok(says.includes(part), `${part} in ${says}`);
    await cancel(page, dialog(page));
    assert.deepEqual(proxy.writes, [], "what is cancelled changes nothing");
  },

  "half of the account's name is not enough, and Escape there calls nothing": async ({
    page,
    proxy,
  }: AccountWindow) => {
    await pick(page, ["blog-search"]);
    await page.keyboard.press("Enter");
    await accept(page);
    await nameBox(page).fill("demo-acc");
    await page.keyboard.press("Enter");
    await page.locator(".quick-input-widget").getByText("Type it exactly").waitFor();
    assert.equal(await nameBox(page).isVisible(), true, "half a name is not enough");
    await cancel(page, nameBox(page));
    assert.deepEqual(proxy.writes, [], "what is cancelled changes nothing");
  },

  "two functions are switched off by keyboard and restored by mouse: each equals before in every field": async (
    window: AccountWindow,
  ) => {
    const before = await seen(window, names);
    await killBoth(window);
    await untilOff(window, before);
    for (const name of names) await restoreByMouse(window, name);
    await untilRestored(window, names, before);
  },
};
