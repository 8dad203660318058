import assert from "node:assert/strict";
import { asked, confirm, confirmation, type } from "../questions.ts";
import { startCommand } from "../workbench.ts";
import { type ChangeScene, showsClaimed, untilLive } from "./scene.ts";

/** A budget that is applied: whole, and half. */
export const applies = {
  "an apply that is stopped half-way is shown as unfinished and taken back, also what had no reservation": async (
    scene: ChangeScene,
  ) => {
    const { page, demo } = scene;
    await scene.removeBehind("blog-newsletter", "550 of 1,000");
    demo.account.faults.replace([{ kind: "deny", action: "PutFunctionConcurrency", after: 2 }]);
    await startCommand(page, "Lambda Concurrency: Apply Budget");
    await confirm(page);
    await untilLive(scene, [200, 150, 150, 300]);
    await page.locator('.activitybar a[aria-label^="Lambda Concurrency"]').first().click();
    const unfinished = page.locator('.monaco-list-row[aria-label^="Unfinished apply"]').first();
    await unfinished.waitFor();
    demo.account.faults.replace([]);
    await startCommand(page, "Lambda Concurrency: Finish or Undo an Apply");
    await asked(page, "2 of 4 steps made");
    await type(page, "Take it back");
    await page.keyboard.press("Enter");
    const says = await confirmation(page);
    assert.ok(says.includes("blog-newsletter: back to none"), says);
    await confirm(page);
    await untilLive(scene, [100, undefined, 150, 300]);
    await unfinished.waitFor({ state: "detached" });
  },

  "a budget is applied, and the status bar follows": async (scene: ChangeScene) => {
    await startCommand(scene.page, "Lambda Concurrency: Apply Budget");
    await confirm(scene.page);
    await untilLive(scene, [200, 150, 200, 350]);
    await showsClaimed(scene.page, "900 of 1,000");
  },
};
