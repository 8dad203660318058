import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { startCommand, view } from "./workbench.ts";

/** The rows of a view, as what a screen reader says of them. */
async function labels(rows: Locator): Promise<readonly string[]> {
  return rows.evaluateAll((elements) => elements.map((element) => element.getAttribute("aria-label") ?? ""));
}

/** Waits until the rows are as wanted. */
async function until(
  rows: Locator,
  accept: (labels: readonly string[]) => boolean,
  what: string,
  seconds = 30,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await labels(rows);
    if (accept(found)) return;
    if (Date.now() > deadline) assert.fail(`${what}:\n${found.join("\n")}`);
    await rows.page().waitForTimeout(100);
  }
}

/** Chooses an entry of the menu that a right click opened; a menu that has just opened does not take clicks yet. */
async function choose(page: Page, entry: string): Promise<void> {
  const menu = page.locator(".monaco-menu-container");
  const item = menu.locator(".action-label").filter({ hasText: entry });
  await item.waitFor();
  for (let attempt = 0; attempt < 20 && (await menu.isVisible()); attempt++) {
    await item.click({ timeout: 1000 }).catch(() => undefined);
    await page.waitForTimeout(200);
  }
  assert.equal(await menu.isVisible(), false, `the menu took ${entry}`);
}

/** Uses the sidebar of a window that is connected to the default demo account, as a person does: with the mouse. */
export async function checkSidebar(page: Page): Promise<void> {
  await page.locator('.activitybar a[aria-label^="Lambda Concurrency"]').first().click();
  const account = view(page, "Account");
  const rows = account.locator(".monaco-list-row");
  const named = (text: string) => rows.filter({ hasText: text });
  await named("demo-account").first().waitFor();
  await until(rows, (all) => all.some((label) => /^Claimed\b.*\b600 of 1,000/.test(label)), "the totals are shown");

  // It moves.
  const used = named("In use").first();
  await until(used, ([label]) => /In use\b.*\b\d+ of 1,000/.test(label ?? ""), "what is in use is shown");
  const before = await labels(used);
  // The highest value of a minute can be its first one, and stands until the next begins.
  await until(used, (now) => now[0] !== before[0], "what is in use changes", 120);

  // A function opens, and stays open while its values move.
  const search = named("blog-search").first();
  await search.locator(".monaco-tl-twistie").click();
  await named("live").filter({ hasText: "20" }).first().waitFor();
  await search.hover();
  await search.locator('.action-label[aria-label^="Read Function Again"]').click();
  await named("live").filter({ hasText: "20" }).first().waitFor();

  // One that was closed before the connection is another one is read when it is opened again.
  await search.locator(".monaco-tl-twistie").click();
  await until(search.locator(".monaco-tl-twistie.collapsed"), (all) => all.length === 1, "it is closed");
  for (const region of ["eu-west-1", "us-east-1"]) {
    await startCommand(page, "Lambda Concurrency: Switch Region");
    await page.locator('.quick-input-widget input[placeholder^="Now "]').fill(region);
    await page.keyboard.press("Enter");
    await account.locator(".pane-header").filter({ hasText: region }).waitFor();
  }
  await search.locator(".monaco-tl-twistie").click();
  await named("live").filter({ hasText: "20" }).first().waitFor();
  await named("150, not 200").first().waitFor();

  // Several functions at once: their ARNs.
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await named("blog-comments").first().click();
  await named("blog-thumbnails")
    .first()
    .click({ modifiers: ["Control"] });
  await named("blog-thumbnails").first().click({ button: "right" });
  await choose(page, "Copy ARN");
  const arn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
  const wanted = [arn("blog-comments"), arn("blog-thumbnails")];
  const copied = async () => {
    // As a text: these scripts know nothing of a browser's types.
    const text: string = await page.evaluate("navigator.clipboard.readText()");
    return text.split("\n").sort();
  };
  for (let attempt = 0; attempt < 50 && (await copied()).join() !== wanted.join(); attempt++)
    await page.waitForTimeout(100);
  assert.deepEqual(await copied(), wanted);

  // A filter, by the button in the title, and gone again.
  await account.locator(".pane-header").hover();
  await account.locator('.pane-header .action-label[aria-label^="Filter Functions"]').click();
  const input = page.locator('.quick-input-widget input[placeholder^="Part of"]');
  await input.fill("news");
  await until(rows, (all) => !all.some((label) => /blog-(search|comments)/.test(label)), "others are gone");
  await named("blog-newsletter").first().click();
  await input.press("Enter");
  await input.waitFor({ state: "hidden" });
  await until(rows, (all) => !all.some((label) => /blog-(search|comments)/.test(label)), "others stay away");
  await account.locator('.pane-header .action-label[aria-label^="Clear Filter"]').click();
  await named("blog-search").first().waitFor();

  // From the sidebar to the template, and back from the template to the sidebar, where no filter hides what was asked for.
  await named("blog-search").first().click({ button: "right" });
  await choose(page, "Go to Template");
  await page.locator('.tab.active[aria-label^="template.yaml"]').waitFor();
  await startCommand(page, "Lambda Concurrency: Filter Functions");
  await input.fill("news");
  await page.keyboard.press("Enter");
  await until(rows, (all) => !all.some((label) => /blog-search/.test(label)), "the filter hides it");
  await startCommand(page, "Lambda Concurrency: Show in Concurrency Sidebar");
  await until(
    rows.and(page.locator(".selected")),
    (all) => all.some((label) => label.startsWith("blog-search")),
    "it is selected",
  );
}
