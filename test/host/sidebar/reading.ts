import type { Scene } from "../checkGroup.ts";
import { startCommand } from "../workbench.ts";
import { type AccountSidebar, labels, openSidebar, untilRows } from "./rows.ts";

/** What is read of a function is shown below it. */
async function showsDetails({ named }: AccountSidebar): Promise<void> {
  await named("live").filter({ hasText: "20" }).first().waitFor();
}

/** The sidebar shows what the account says. */
export const reading = {
  "what is in use moves": async ({ page }: Scene) => {
    const { named } = await openSidebar(page);
    const used = named("In use").first();
    await untilRows(used, "what is in use is shown", ([label]) => /In use\b.*\b\d+ of 1,000/.test(label ?? ""));
    const before = await labels(used);
    // The highest value of a minute can be its first one, and stands until the next begins.
    await untilRows(used, "what is in use changes", (now) => now[0] !== before[0], 120);
  },

  "a function opens, is read again by its button, and stays open": async ({ page }: Scene) => {
    const sidebar = await openSidebar(page);
    const search = sidebar.named("blog-search").first();
    await search.locator(".monaco-tl-twistie").click();
    await showsDetails(sidebar);
    await search.hover();
    await search.locator('.action-label[aria-label^="Read Function Again"]').click();
    await showsDetails(sidebar);
  },

  "a function that was closed before another Region was shown is read when it is opened again": async ({
    page,
  }: Scene) => {
    const sidebar = await openSidebar(page);
    const search = sidebar.named("blog-search").first();
    await search.locator(".monaco-tl-twistie").click();
    await showsDetails(sidebar);
    await search.locator(".monaco-tl-twistie").click();
    await search.locator(".monaco-tl-twistie.collapsed").waitFor();
    for (const region of ["eu-west-1", "us-east-1"]) {
      await startCommand(page, "Lambda Concurrency: Switch Region");
      await page.locator('.quick-input-widget input[placeholder^="Now "]').fill(region);
      await page.keyboard.press("Enter");
      await sidebar.account.locator(".pane-header").filter({ hasText: region }).waitFor();
    }
    await search.locator(".monaco-tl-twistie").click();
    await showsDetails(sidebar);
    await sidebar.named("150 in AWS, 200 planned").first().waitFor();
  },
};
