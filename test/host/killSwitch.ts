import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import type { Browser, Locator, Page } from "playwright-core";
import { startDemo } from "#demo";
import { seenBy } from "../aws/kill/scene.ts";
import { startHost } from "./codeServer.ts";
import { type CountingProxy, startCountingProxy } from "./countingProxy.ts";
import { openWorkbench, startCommand, view } from "./workbench.ts";

const root = path.join(import.meta.dirname, "../..");
const cli = path.join(root, "dist/cli.js");
const command = "Lambda Concurrency: Kill Switch: Switch Functions Off…";

/** What a test of the kill switch works with. */
interface Scene {
  readonly page: Page;
  readonly proxy: CountingProxy;
  /** A function as another client sees it: everything that a kill touches, and its tags. */
  readonly seen: (name: string) => ReturnType<typeof seenBy>;
}

/** Switches functions off by keyboard and restores them by mouse in a real VS Code, and looks at the account with another client. */
export async function checkKillSwitch(browser: Browser): Promise<void> {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "lc-"));
  // Provisioned concurrency takes minutes, and mappings take seconds, until they are as they were.
  const demo = await startDemo({ traffic: false, timeScale: 30 });
  const proxy = await startCountingProxy(demo.url);
  const workspace = path.join(folder, "examples");
  cpSync(path.join(root, "examples"), workspace, { recursive: true });
  const state = path.join(folder, "state");
  const host = await startHost({
    data: path.join(folder, "data"),
    machineSettings: { "lambdaConcurrency.connectAtStart": "demo", "lambdaConcurrency.demoAddress": proxy.url },
    env: { XDG_STATE_HOME: state, LOCALAPPDATA: state },
  });
  const seen = (name: string) => seenBy(demo.url, name);
  try {
    const page = await openWorkbench({ host, browser, folder: workspace, extensionDevelopmentPath: root });
    const scene = { page, proxy, seen };
    await page.locator('.statusbar-item[aria-label*="600 of 1,000"]').waitFor({ timeout: 60_000 });
    const before = await Promise.all(names.map(seen));
    await cancel(scene);
    await killTwo(scene, before);
    for (const name of names) await restoreByMouse(scene, name);
    await until(page, "both are as they were", async () => {
      const after = await Promise.all(names.map(seen));
      assert.deepEqual(after, before);
    });
    await acrossMachines(scene, before, path.join(folder, "elsewhere"));
  } catch (error) {
    for (const context of browser.contexts())
      for (const page of context.pages())
        await page.screenshot({ path: path.join(tmpdir(), "kill-switch-failed.png") });
    throw error;
  } finally {
    await host.stop();
    await proxy.close();
    await demo.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

const names = ["blog-search", "blog-thumbnails"] as const;

const dialog = (page: Page) => page.locator(".monaco-dialog-box");
const picker = (page: Page) => page.locator('.quick-input-widget input[placeholder^="Functions, stacks"]');
const nameBox = (page: Page) => page.locator('.quick-input-widget input[placeholder="demo-account"]');

/** Waits until a check holds; fails with what it said last. */
async function until(page: Page, what: string, check: () => Promise<void>): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw new Error(`${what}: ${error instanceof Error ? error.message : error}`);
      await page.waitForTimeout(200);
    }
  }
}

/** Checks functions in the list, one after the other. */
async function pick(page: Page, wanted: readonly string[]): Promise<void> {
  await startCommand(page, command);
  await picker(page).waitFor();
  for (const name of wanted) {
    await picker(page).fill(name);
    const row = page.locator(`.quick-input-list .monaco-list-row[aria-label^="${name},"]`);
    await row.waitFor();
    await page.keyboard.press("ArrowDown");
    await page.locator(`.quick-input-list .monaco-list-row.focused[aria-label^="${name},"]`).waitFor();
    await page.keyboard.press("Space");
    await page.locator(`.quick-input-list .monaco-list-row[aria-label^="${name},"][aria-checked="true"]`).waitFor();
  }
}

/** Takes the button of the confirmation, which has the focus as soon as it is drawn, and types the account's name. */
async function confirm(page: Page): Promise<void> {
  await dialog(page).locator(".monaco-button:focus").waitFor();
  await page.keyboard.press("Enter");
  await nameBox(page).waitFor();
  await page.keyboard.type("demo-account");
  await page.keyboard.press("Enter");
  await nameBox(page).waitFor({ state: "hidden" });
}

/** A row of the Kills view. */
function kill(page: Page, name: string): Locator {
  return view(page, "Kills").locator(`.monaco-list-row[aria-label^="${name},"]`);
}

/** Enter takes what was typed; Escape at the message, and at the account's name, changes nothing. */
async function cancel({ page, proxy }: Scene): Promise<void> {
  await startCommand(page, command);
  await picker(page).fill("blog-search");
  await page.locator('.quick-input-list .monaco-list-row[aria-label^="blog-search,"]').waitFor();
  await page.keyboard.press("Enter");
  await dialog(page).locator(".monaco-button:focus").waitFor();
  const said = await dialog(page).innerText();
  for (const part of [
    "Switch off blog-search?",
    "demo-account (123456789012)",
    "us-east-1",
    "blog-search: 150 → 0, provisioned 20 on live deleted, scaling of live suspended",
    "Asynchronous events are dropped at once and lost",
  ])
    assert.ok(said.includes(part), `${part} in ${said}`);
  await page.keyboard.press("Escape");
  await dialog(page).waitFor({ state: "detached" });
  await pick(page, ["blog-search"]);
  await page.keyboard.press("Enter");
  await dialog(page).locator(".monaco-button:focus").waitFor();
  await page.keyboard.press("Enter");
  await nameBox(page).waitFor();
  await page.keyboard.type("demo-acc");
  await page.keyboard.press("Enter");
  assert.equal(await nameBox(page).isVisible(), true, "half a name is not enough");
  await page.keyboard.press("Escape");
  await nameBox(page).waitFor({ state: "hidden" });
  assert.deepEqual(proxy.writes, [], "what is cancelled changes nothing");
}

/** Off means: reservation 0, nothing provisioned, nothing scales, the queue waits, and the record is on the function. */
async function killTwo({ page, seen }: Scene, before: readonly Awaited<ReturnType<typeof seenBy>>[]): Promise<void> {
  await pick(page, names);
  await page.keyboard.press("Enter");
  await confirm(page);
  const suspended = {
    DynamicScalingInSuspended: true,
    DynamicScalingOutSuspended: true,
    ScheduledScalingSuspended: true,
  };
  const [search, thumbnails] = before;
  await until(page, "both are off", async () => {
    const { tags, ...off } = await seen("blog-search");
    assert.ok(Object.keys(Object(tags)).includes("lambda-concurrency:kill:1"));
    const targets = [
      { ResourceId: "function:blog-search:live", MinCapacity: 20, MaxCapacity: 60, SuspendedState: suspended },
    ];
    assert.deepEqual({ ...off, tags: search?.tags }, { ...search, reserved: 0, provisioned: [], targets });
  });
  await until(page, "both are off", async () => {
    const { tags: _, ...off } = await seen("blog-thumbnails");
    const [mapping] = Array.isArray(thumbnails?.mappings) ? thumbnails.mappings : [];
    const mappings = [{ ...mapping, State: "Disabled" }];
    assert.deepEqual({ ...off, tags: thumbnails?.tags }, { ...thumbnails, reserved: 0, mappings });
  });
}

/** By mouse: the button of the row. */
async function restoreByMouse({ page }: Scene, name: string): Promise<void> {
  if (!(await view(page, "Kills").isVisible()))
    await page.locator('.activitybar a[aria-label^="Lambda Concurrency"]').first().click();
  const row = kill(page, name);
  await row.waitFor();
  await row.hover();
  await row.locator('.action-label[aria-label^="Restore"]').click();
  await dialog(page).waitFor();
  assert.ok((await dialog(page).innerText()).includes(`Restore ${name}?`));
  await confirm(page);
  await page.locator(`.monaco-list-row[aria-label^="${name},"][aria-label*="since"]`).waitFor({ state: "detached" });
}

/** The command line of another machine, which knows of kills by their tags alone, restores what the editor killed, and the other way round. */
async function acrossMachines(scene: Scene, before: readonly Awaited<ReturnType<typeof seenBy>>[], state: string) {
  const { page, proxy, seen } = scene;
  const elsewhere = (...args: readonly string[]) =>
    promisify(execFile)(process.execPath, [cli, ...args, "--yes", "--account", "123456789012"], {
      env: {
        ...process.env,
        XDG_STATE_HOME: state,
        LOCALAPPDATA: state,
        AWS_ENDPOINT_URL: proxy.url,
        AWS_REGION: "us-east-1",
        AWS_ACCESS_KEY_ID: "demo",
        AWS_SECRET_ACCESS_KEY: "demo",
      },
    });
  await killTwo(scene, before);
  await elsewhere("restore", ...names);
  await until(page, "the command line restored what the editor killed", async () => {
    assert.deepEqual(await Promise.all(names.map(seen)), before);
  });
  const newsletter = await seen("blog-newsletter");
  await elsewhere("kill", "blog-newsletter", "--reason", "loops");
  assert.equal((await seen("blog-newsletter")).reserved, 0);
  await startCommand(page, "Lambda Concurrency: Refresh Kills");
  await restoreByMouse(scene, "blog-newsletter");
  await until(page, "the editor restored what the command line killed", async () => {
    assert.deepEqual(await seen("blog-newsletter"), newsletter);
  });
}
