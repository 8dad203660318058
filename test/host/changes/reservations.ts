import assert from "node:assert/strict";
import { confirm, confirmation, pickFunction, type } from "../questions.ts";
import { until } from "../until.ts";
import { startCommand } from "../workbench.ts";
import { askFor, type ChangeScene, showsClaimed, untilLive } from "./scene.ts";

const set = ["PUT /2017-10-31/functions/blog-comments/concurrency"];

/** Sets one reservation from the palette. */
async function setComments(scene: ChangeScene): Promise<void> {
  await askFor(scene, "blog-comments");
  await type(scene.page, "60");
  await scene.page.keyboard.press("Enter");
  await confirm(scene.page);
  await untilLive(scene, [60, 50, 150, 300]);
  assert.deepEqual(scene.proxy.writes, set);
}

/** One reservation: set, undone, removed, and never in another account than the one that was shown. */
export const reservations = {
  "a set is made by one call, undone from the palette, and the first change is announced once": async (
    scene: ChangeScene,
  ) => {
    const { page, proxy } = scene;
    await setComments(scene);
    await showsClaimed(page, "560 of 1,000");
    await startCommand(page, "Lambda Concurrency: Undo Last Apply or Set");
    const says = await confirmation(page);
    assert.ok(says.includes("blog-comments: 60 → 100 (+40)"), says);
    assert.ok(!says.includes("First change of this account and Region"), says);
    await confirm(page);
    await untilLive(scene, [100, 50, 150, 300]);
    assert.deepEqual(proxy.writes, [...set, ...set]);
  },

  "the log of changes is a table, its lines a button away": async (scene: ChangeScene) => {
    const { page } = scene;
    const tab = (name: string) => page.locator(`.tab[data-resource-name="${name}"]`).first();
    await setComments(scene);
    await startCommand(page, "Lambda Concurrency: Open Log of Changes");
    await tab("Log of Changes.md").waitFor();
    await page.locator('.editor-actions a[aria-label^="Open Raw Log of Changes"]').first().click();
    await tab("audit.jsonl").waitFor();
  },

  "a reservation is removed by one call": async (scene: ChangeScene) => {
    const { page, proxy } = scene;
    await pickFunction(page, "Remove Reservation", "blog-newsletter");
    await confirm(page);
    await untilLive(scene, [100, undefined, 150, 300]);
    assert.deepEqual(proxy.writes, ["DELETE /2017-10-31/functions/blog-newsletter/concurrency"]);
  },

  "credentials that become another account's while the message stands: refused, and the account is named": async (
    scene: ChangeScene,
  ) => {
    const { page, demo, proxy } = scene;
    await askFor(scene, "blog-search");
    await type(page, "151");
    await page.keyboard.press("Enter");
    await confirmation(page);
    demo.account.faults.replace([{ kind: "other-account", action: "*" }]);
    await confirm(page);
    await startCommand(page, "Notifications: Show Notifications");
    await until("the refusal names the account", async () => {
      const texts = await page.locator(".notifications-center .notification-list-item-message").allInnerTexts();
      assert.match(texts.join("\n"), /210987654321/);
    });
    demo.account.faults.replace([]);
    assert.deepEqual(proxy.writes, [], "refused: nothing was called");
    assert.deepEqual(await scene.live(), [100, 50, 150, 300]);
  },
};
