import assert from "node:assert/strict";
import { accept, asked, cancel, confirmation, dialog, nameBox, pickFunction, quickInput, type } from "../questions.ts";
import { startCommand } from "../workbench.ts";
import { askFor, type ChangeScene } from "./scene.ts";

/** Nothing was called, and the account is as it was. */
async function untouched({ proxy, live }: ChangeScene): Promise<void> {
  assert.deepEqual(proxy.writes, [], "cancelled: nothing was called");
  assert.deepEqual(await live(), [100, 50, 150, 300]);
}

/** What is cancelled calls nothing, at each question. */
export const cancelled = {
  "a set that is cancelled at the list or the number calls nothing, and a number that does not fit is refused": async (
    scene: ChangeScene,
  ) => {
    const { page } = scene;
    await startCommand(page, "Lambda Concurrency: Set Reservation");
    await asked(page, "Set Reservation");
    await cancel(page, quickInput(page));
    await askFor(scene, "blog-comments");
    await type(page, "401");
    await quickInput(page).getByText("At most 400").waitFor();
    await page.keyboard.press("Enter");
    await asked(page, "Reservation of blog-comments");
    await cancel(page, quickInput(page));
    await untouched(scene);
  },

  "a set that is cancelled at the message or at the account's name calls nothing": async (scene: ChangeScene) => {
    const { page } = scene;
    await askFor(scene, "blog-comments");
    await type(page, "60");
    await page.keyboard.press("Enter");
    const says = await confirmation(page);
    for (const text of ["demo-account (123456789012)", "us-east-1", "100 → 60", "stack concurrency-blog may undo this"])
      assert.ok(says.includes(text), says);
    assert.ok(says.includes("First change of this account and Region"), says);
    await cancel(page, dialog(page));
    await askFor(scene, "blog-comments");
    await type(page, "60");
    await page.keyboard.press("Enter");
    await accept(page);
    await nameBox(page).fill("demo");
    await page.keyboard.press("Enter");
    await quickInput(page).getByText("Type it exactly").waitFor();
    await cancel(page, quickInput(page));
    await untouched(scene);
  },

  "an apply and a removal that are cancelled at the message call nothing": async (scene: ChangeScene) => {
    const { page } = scene;
    await startCommand(page, "Lambda Concurrency: Apply Budget");
    await dialog(page).waitFor();
    await cancel(page, dialog(page));
    await pickFunction(page, "Remove Reservation", "blog-newsletter");
    await dialog(page).waitFor();
    await cancel(page, dialog(page));
    await untouched(scene);
  },
};
