import type { Page } from "playwright-core";
import { startCommand } from "../../test/host/workbench.ts";
import { lenses, openAt, rendered, row, type Scene, sidebar } from "./page.ts";

/** Waits until the busiest function of the default account has been seen at work. */
async function busy(page: Page): Promise<void> {
  await sidebar(page);
  await row(page, "Needs attention").waitFor();
  await row(page, "blog-newsletter").waitFor();
}

/** Picks these functions for the kill switch, and waits until it has shown what will happen and asks. */
async function killSwitch(page: Page, names: readonly string[]): Promise<void> {
  await sidebar(page);
  await row(page, "blog-newsletter").waitFor();
  await startCommand(page, "Lambda Concurrency: Kill Switch");
  const input = page.locator('.quick-input-widget input[type="text"]');
  for (const name of names) {
    await input.fill(name);
    const item = page.locator(`.quick-input-list .monaco-list-row[aria-label*="${name}"]`).first();
    await item.waitFor();
    await item.locator(".label-name").first().click();
  }
  await page.keyboard.press("Enter");
  await page.locator('.tab[aria-label*="Kill Switch"]').first().waitFor();
  await rendered(page);
}

/** A picture of a window that is connected to a demo account. */
export interface AccountScene {
  /** Arguments of `demo`. */
  readonly demo?: readonly string[];
  /** Its account, when it is not the default one. */
  readonly account?: object;
  /** Is it in the documentation? Others are for looking at: they go to .cache/screenshots/. */
  readonly documented?: boolean;
  readonly show: Scene;
}

export const accounts: Readonly<Record<string, AccountScene>> = {
  account: {
    documented: true,
    async show(page) {
      await busy(page);
      await openAt(page, "blog/template.yaml", 1, 1);
      await lenses(page, 2);
    },
  },
  "account-empty": {
    account: { functions: [] },
    async show(page) {
      await sidebar(page);
      await page.locator(".pane-body").filter({ hasText: "no function" }).first().waitFor();
    },
  },
  "account-error": {
    demo: ["--fault", "expired"],
    async show(page) {
      await sidebar(page);
      await page.locator(".pane-body").filter({ hasText: "expired" }).first().waitFor();
    },
  },
  "account-denied": {
    demo: ["deny:GetFunction", "deny:GetFunctionConcurrency"].flatMap((fault) => ["--fault", fault]),
    async show(page) {
      await sidebar(page);
      await page.locator(".pane-body").filter({ hasText: "Partly read" }).first().waitFor();
    },
  },
  "account-reading": {
    account: { functions: [], more: 1000 },
    async show(page) {
      await sidebar(page);
      await row(page, "of 1,000").waitFor();
    },
  },
  "account-1000": {
    account: {
      functions: Array.from({ length: 40 }, (_, index) => ({
        name: `orders-${index + 1}`,
        reserved: 5 + (index % 4) * 5,
      })),
      more: 1000,
    },
    async show(page) {
      await sidebar(page);
      await row(page, "Reading").waitFor();
      await row(page, "Reading").waitFor({ state: "detached", timeout: 90_000 });
    },
  },
  "kill-switch": {
    documented: true,
    async show(page) {
      await killSwitch(page, ["blog-search", "blog-thumbnails"]);
    },
  },
  plan: {
    documented: true,
    async show(page) {
      await busy(page);
      await startCommand(page, "Lambda Concurrency: Show Plan of a Budget");
      await page.locator('.tab[aria-label*="Plan"]').first().waitFor();
      await rendered(page);
    },
  },
  "account-filtered": {
    async show(page) {
      await busy(page);
      await startCommand(page, "Lambda Concurrency: Filter Functions");
      const input = page.locator('.quick-input-widget input[placeholder^="Part of"]');
      await input.waitFor();
      await input.fill("news");
      await page.keyboard.press("Enter");
      await row(page, "blog-search").waitFor({ state: "hidden" });
    },
  },
};
