import { runCommand } from "../../test/host/workbench.ts";
import { lenses, openAt, type Scene, settled } from "./page.ts";

const template = "orders/template.yaml";
const budget = "orders/concurrency-budget.yaml";
/** Pictures of the files alone, for the documentation. */
export const files: Readonly<Record<string, Scene>> = {
  async hover(page) {
    await openAt(page, template, 43, 38);
    await settled(page);
    await runCommand(page, "Show or Focus Hover");
    await page.locator(".monaco-hover:visible").first().waitFor();
  },
  async problems(page) {
    await openAt(page, template, 37, 45);
    await settled(page);
    await runCommand(page, "Problems: Focus on Problems View");
    // The related places are folded away, so that every finding is in the picture.
    const unfolded = page.locator('.markers-panel .monaco-list-row[aria-level="2"][aria-expanded="true"]');
    await unfolded.first().waitFor();
    while ((await unfolded.count()) > 0) {
      const name = (await unfolded.first().getAttribute("aria-label")) ?? "";
      await unfolded.first().locator(".monaco-tl-twistie").click();
      await page.getByRole("treeitem", { name, exact: true, expanded: false }).waitFor();
    }
    await page.keyboard.press("Control+1");
  },
  async budget(page) {
    await openAt(page, budget, 1, 1);
    await settled(page);
    await lenses(page, 2);
  },
  async completion(page) {
    await openAt(page, budget, 23, 27);
    await settled(page);
    await lenses(page, 2);
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+Space");
    await page.locator(".suggest-widget.visible .monaco-list-row").first().waitFor();
    await lenses(page, 2);
  },
  async "quick-fix"(page) {
    await openAt(page, template, 37, 45);
    await settled(page);
    const menu = page.locator(".action-widget .monaco-list-row").first();
    // The key does nothing until the editor has asked the server for the first time.
    for (let attempt = 0; attempt < 10 && !(await menu.isVisible()); attempt++) {
      await page.keyboard.press("Control+.");
      await menu.waitFor({ timeout: 2000 }).catch(() => undefined);
    }
    await menu.waitFor();
  },
  async pool(page) {
    await openAt(page, budget, 1, 1);
    await settled(page);
    await runCommand(page, "Lambda Concurrency: Show Pool");
    const view = page.frameLocator("iframe.webview").frameLocator("iframe");
    await view.locator(".segment.slice").first().waitFor();
    await view.locator(".segment.slice .base").nth(1).click();
    await view.locator(".details h2").waitFor();
  },
};
