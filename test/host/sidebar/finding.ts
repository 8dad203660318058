import assert from "node:assert/strict";
import type { Scene } from "../checkGroup.ts";
import { until } from "../until.ts";
import { startCommand } from "../workbench.ts";
import { choose, openSidebar, untilRows } from "./rows.ts";

const input = '.quick-input-widget input[placeholder^="Part of"]';
const hasOthers = (all: readonly string[]) => all.some((label) => /blog-(search|comments)/.test(label));

/** Functions are found, filtered, copied and followed with the mouse. */
export const finding = {
  "the ARNs of several functions at once are copied": async ({ page }: Scene) => {
    const { named } = await openSidebar(page);
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await named("blog-comments").first().click();
    await named("blog-thumbnails")
      .first()
      .click({ modifiers: ["Control"] });
    await named("blog-thumbnails").first().click({ button: "right" });
    await choose(page, "Copy ARN");
    const arn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
    await until("both are on the clipboard", async () => {
      // As a text: these scripts know nothing of a browser's types.
      const text: string = await page.evaluate("navigator.clipboard.readText()");
      assert.deepEqual(text.split("\n").sort(), [arn("blog-comments"), arn("blog-thumbnails")]);
    });
  },

  "a filter by the button in the title hides the others until it is cleared": async ({ page }: Scene) => {
    const { account, rows, named } = await openSidebar(page);
    await account.locator(".pane-header").hover();
    await account.locator('.pane-header .action-label[aria-label^="Filter Functions"]').click();
    await page.locator(input).fill("news");
    await untilRows(rows, "others are gone", (all) => !hasOthers(all));
    await named("blog-newsletter").first().click();
    await page.locator(input).press("Enter");
    await page.locator(input).waitFor({ state: "hidden" });
    await untilRows(rows, "others stay away", (all) => !hasOthers(all));
    await account.locator('.pane-header .action-label[aria-label^="Clear Filter"]').click();
    await named("blog-search").first().waitFor();
  },

  "from the sidebar to the template, and back to the sidebar where no filter hides what was asked for": async ({
    page,
  }: Scene) => {
    const { rows, named } = await openSidebar(page);
    await named("blog-search").first().click({ button: "right" });
    await choose(page, "Go to Template");
    await page.locator('.tab.active[aria-label^="template.yaml"]').waitFor();
    await startCommand(page, "Lambda Concurrency: Filter Functions");
    await page.locator(input).fill("news");
    await page.keyboard.press("Enter");
    await untilRows(rows, "the filter hides it", (all) => !all.some((label) => /blog-search/.test(label)));
    await startCommand(page, "Lambda Concurrency: Show in Concurrency Sidebar");
    await untilRows(rows.and(page.locator(".selected")), "it is selected", (all) =>
      all.some((label) => label.startsWith("blog-search")),
    );
  },
};
