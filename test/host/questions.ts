import type { Locator, Page } from "playwright-core";
import { until } from "./until.ts";
import { startCommand } from "./workbench.ts";

/** Name of the demo account, which is typed to confirm a change. */
export const accountName = "demo-account";

/** The modal message. */
export function dialog(page: Page): Locator {
  return page.locator(".monaco-dialog-box");
}

/** The list or input at the top of the window. */
export function quickInput(page: Page): Locator {
  return page.locator(".quick-input-widget");
}

/** The input that asks for the account's name. */
export function nameBox(page: Page): Locator {
  return page.locator(`.quick-input-widget input[placeholder="${accountName}"]`);
}

/** Replaces what stands in the quick input. */
export async function type(page: Page, text: string): Promise<void> {
  await quickInput(page).locator("input").first().fill(text);
}

/** Waits until the quick input has this title. */
export async function asked(page: Page, heading: string, timeout = 30_000): Promise<void> {
  await page.locator(".quick-input-widget .quick-input-title").filter({ hasText: heading }).waitFor({ timeout });
}

/** Waits for the message and gives what it says. */
export async function confirmation(page: Page): Promise<string> {
  await dialog(page).locator(".monaco-button:focus").waitFor();
  return dialog(page).innerText();
}

/** Takes the message's button, which has the focus as soon as it is drawn; then the account's name is asked for. */
export async function accept(page: Page): Promise<void> {
  await confirmation(page);
  // A preview that is drawn meanwhile may take the focus away.
  await until("the message is accepted", async () => {
    const button = dialog(page).locator(".monaco-button:not(.secondary)").first();
    if (await button.isVisible()) await button.press("Enter", { timeout: 2000 });
    await nameBox(page).waitFor({ timeout: 2000 });
  });
}

/** Confirms: the button, then the account's name. */
export async function confirm(page: Page): Promise<void> {
  await accept(page);
  await nameBox(page).fill(accountName);
  await nameBox(page).press("Enter");
  await nameBox(page).waitFor({ state: "hidden" });
}

/** Escape, until what was asked is gone. */
export async function cancel(page: Page, question: Locator): Promise<void> {
  await page.keyboard.press("Escape");
  await question.waitFor({ state: "hidden" });
  await page.locator(".monaco-dialog-modal-block").waitFor({ state: "detached" });
}

/** Runs a command that lists functions and takes one of them. What is drawn meanwhile may close the list: then again. */
export async function pickFunction(page: Page, command: string, name: string): Promise<void> {
  await until(`${name} is taken from the list of ${command}`, async () => {
    await startCommand(page, `Lambda Concurrency: ${command}`);
    await asked(page, command, 3000);
    const input = quickInput(page).locator("input").first();
    await input.fill(name, { timeout: 3000 });
    const row = page.locator(`.quick-input-list .monaco-list-row[aria-label^="${name}"]`).first();
    await row.waitFor({ timeout: 3000 });
    await input.press("Enter", { timeout: 3000 });
  });
}
