import path from "node:path";
import type { Locator, Page } from "playwright-core";
import { view } from "../../test/host/workbench.ts";

/** Brings the workbench into the state to be shown. */
export type Scene = (page: Page) => Promise<void>;
/** Opens a file of the examples at a line and column. */
export async function openAt(page: Page, file: string, line: number, column: number): Promise<void> {
  await page.keyboard.press("Control+P");
  await page.locator(".quick-input-widget input").fill(`${file}:${line}:${column}`);
  await page.locator(`.quick-input-list .monaco-list-row`).first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  await page.locator(`.tab.active[aria-label^="${path.basename(file)}"]`).waitFor();
}

/** Waits until the findings of the open file are underlined. */
export async function settled(page: Page): Promise<void> {
  await page.locator(".squiggly-error").first().waitFor();
}

/** Waits until so many code lenses are drawn. */
export async function lenses(page: Page, count: number): Promise<void> {
  await page
    .locator(".codelens-decoration")
    .nth(count - 1)
    .waitFor();
}

/** The first row of the account that has this text. */
export function row(page: Page, text: string): Locator {
  return view(page, "Account").locator(".monaco-list-row").filter({ hasText: text }).first();
}

/** Shows the sidebar of the account. */
export async function sidebar(page: Page): Promise<void> {
  await page.locator('.activitybar a[aria-label*="Lambda Concurrency"]').first().click();
  await page.locator(".pane-header").filter({ hasText: "Account" }).first().waitFor();
}

/** Waits until the document in the preview is drawn: VS Code shows it in a frame within a frame. */
export async function rendered(page: Page): Promise<void> {
  await page.frameLocator("iframe.webview").frameLocator("iframe").locator("h1, h2").first().waitFor();
}
