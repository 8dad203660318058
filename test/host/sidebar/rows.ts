import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { until } from "../until.ts";
import { view } from "../workbench.ts";

/** The Account view of a window that is connected to the default demo account. */
export interface AccountSidebar {
  readonly page: Page;
  readonly account: Locator;
  readonly rows: Locator;
  /** Rows that contain a text. */
  readonly named: (text: string) => Locator;
}

/** Opens the sidebar and waits until the account is shown, compared with the budget: a function that differs has a row more then. */
export async function openSidebar(page: Page): Promise<AccountSidebar> {
  await page.locator('.activitybar a[aria-label^="Lambda Concurrency"]').first().click();
  const account = view(page, "Account");
  const rows = account.locator(".monaco-list-row");
  const named = (text: string) => rows.filter({ hasText: text });
  await named("demo-account").first().waitFor();
  await untilRows(rows, "the totals are shown", (all) => all.some((label) => /^Claimed\b.*\b600 of 1,000/.test(label)));
  await named("150 in AWS, 200 planned").first().waitFor();
  return { page, account, rows, named };
}

/** Rows of a view, as what a screen reader says of them. */
export async function labels(rows: Locator): Promise<readonly string[]> {
  return rows.evaluateAll((elements) => elements.map((element) => element.getAttribute("aria-label") ?? ""));
}

/** Waits until the rows are as wanted. */
export async function untilRows(
  rows: Locator,
  what: string,
  accept: (labels: readonly string[]) => boolean,
  seconds?: number,
): Promise<void> {
  await until(
    what,
    async () => {
      const found = await labels(rows);
      assert.ok(accept(found), found.join("\n"));
    },
    seconds,
  );
}

/** Chooses an entry of the menu that a right click opened; a menu that has just opened does not take clicks yet. */
export async function choose(page: Page, entry: string): Promise<void> {
  const menu = page.locator(".monaco-menu-container");
  const item = menu.locator(".action-label").filter({ hasText: entry });
  await item.waitFor();
  await until(`the menu takes ${entry}`, async () => {
    if (await menu.isVisible()) await item.click({ timeout: 1000 });
    await menu.waitFor({ state: "hidden", timeout: 200 });
  });
}
