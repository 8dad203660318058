import assert from "node:assert/strict";
import { asked, confirm, confirmation, pickFunction, type } from "../questions.ts";
import type { ChangeScene } from "./scene.ts";

/** Load is thrown by the process that the extension starts, and its report opens. */
export const loads = {
  "load is thrown at a function from the palette, and its report opens": async ({ page, proxy }: ChangeScene) => {
    await pickFunction(page, "Throw Load", "blog-search");
    await asked(page, "Throw Load at blog-search");
    await take(page, "Other");
    await page.locator('.quick-input-widget input[placeholder="5000 by 50"]').waitFor();
    await type(page, "8 by 2");
    await page.keyboard.press("Enter");
    await take(page, "No payload");
    await take(page, "Measure as it is");
    const says = await confirmation(page);
    assert.ok(says.includes("function blog-search: 8 requests by 2 workers"), says);
    await confirm(page);
    await page.locator('.tab[data-resource-name="Load Test.md"]').first().waitFor({ timeout: 60_000 });
    assert.deepEqual(proxy.writes, []);
  },
};

/** Takes the row of a list that begins like this, once it is there. */
async function take(page: ChangeScene["page"], label: string): Promise<void> {
  await page.locator(`.quick-input-list .monaco-list-row[aria-label^="${label}"]`).first().click();
}
