import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { seenBy } from "../../aws/kill/scene.ts";
import type { AccountWindow } from "../accountWindows.ts";
import { confirm, confirmation } from "../questions.ts";
import { until } from "../until.ts";
import { startCommand, view } from "../workbench.ts";

/** A function as another client sees it: everything that a kill touches, and its tags. */
export type Seen = Awaited<ReturnType<typeof seenBy>>;

/** The functions that are switched off together. */
export const names = ["blog-search", "blog-thumbnails"] as const;

export const command = "Lambda Concurrency: Kill Switch: Switch Functions Off…";

/** The list that asks what to switch off. */
export function picker(page: Page): Locator {
  return page.locator('.quick-input-widget input[placeholder^="Functions, stacks"]');
}

/** How these functions are. */
export function seen({ demo }: AccountWindow, functions: readonly string[]): Promise<readonly Seen[]> {
  return Promise.all(functions.map((name) => seenBy(demo.url, name)));
}

/** Waits until functions are as they were, in every field. */
export async function untilRestored(
  window: AccountWindow,
  functions: readonly string[],
  before: readonly Seen[],
): Promise<void> {
  await until(
    `${functions.join(", ")} as before the kill`,
    async () => assert.deepEqual(await seen(window, functions), before),
    60,
  );
}

/** Waits until both are off, which is all that a kill does. */
export async function untilOff(window: AccountWindow, before: readonly Seen[]): Promise<void> {
  await until("both are off", async () => assertOff(await seen(window, names), before), 60);
}

const suspended = {
  DynamicScalingInSuspended: true,
  DynamicScalingOutSuspended: true,
  ScheduledScalingSuspended: true,
};

/** Off means: reservation 0, nothing provisioned, nothing scales, the queue waits, and the record is on the function. */
function assertOff([search, thumbnails]: readonly Seen[], [searchBefore, thumbnailsBefore]: readonly Seen[]): void {
  assert.ok(Object.keys(Object(search?.tags)).includes("lambda-concurrency:kill:1"), "the record is on the function");
  const targets = [
    { ResourceId: "function:blog-search:live", MinCapacity: 20, MaxCapacity: 60, SuspendedState: suspended },
  ];
  assert.deepEqual({ ...search, tags: searchBefore?.tags }, { ...searchBefore, reserved: 0, provisioned: [], targets });
  const [mapping] = Array.isArray(thumbnailsBefore?.mappings) ? thumbnailsBefore.mappings : [];
  assert.deepEqual(
    { ...thumbnails, tags: thumbnailsBefore?.tags },
    { ...thumbnailsBefore, reserved: 0, mappings: [{ ...mapping, State: "Disabled" }] },
  );
}

/** Checks functions in the list, one after the other, once the list is complete. */
export async function pick(page: Page, wanted: readonly string[]): Promise<void> {
  await startCommand(page, command);
  await picker(page).waitFor();
  // The kill group comes last, and with it another list; the progress bar only appears after 800 ms.
  await page.locator('.quick-input-list .monaco-list-row[aria-label*="background"]').waitFor();
  for (const name of wanted) await check(page, name);
  await page
    .locator(".quick-input-count")
    .filter({ hasText: `${wanted.length} Selected` })
    .waitFor();
}

async function check(page: Page, name: string): Promise<void> {
  await picker(page).fill(name);
  const row = `.quick-input-list .monaco-list-row[aria-label^="${name},"]`;
  await page.locator(row).waitFor();
  await until(`${name} is checked`, async () => {
    const focused = page.locator(`${row}.focused`);
    if (!(await focused.isVisible())) await page.keyboard.press("ArrowDown");
    await focused.waitFor({ timeout: 1000 });
    const checked = page.locator(`${row}[aria-checked="true"]`);
    if (!(await checked.isVisible())) await page.keyboard.press("Space");
    await checked.waitFor({ timeout: 1000 });
  });
}

/** Switches both functions off by keyboard. */
export async function killBoth({ page }: AccountWindow): Promise<void> {
  await pick(page, names);
  await page.keyboard.press("Enter");
  await confirm(page);
}

/** Restores a function by mouse: the button of its row in the Kills view. */
export async function restoreByMouse({ page }: AccountWindow, name: string): Promise<void> {
  if (!(await view(page, "Kill Switch").isVisible()))
    await page.locator('.activitybar a[aria-label^="Lambda Concurrency"]').first().click();
  const row = view(page, "Kill Switch").locator(`.monaco-list-row[aria-label^="${name},"]`);
  await row.waitFor();
  await row.hover();
  await row.locator('.action-label[aria-label^="Restore"]').click();
  const says = await confirmation(page);
  assert.ok(says.includes(`Restore ${name}?`), says);
  await confirm(page);
  await page.locator(`.monaco-list-row[aria-label^="${name},"][aria-label*="since"]`).waitFor({ state: "detached" });
}
