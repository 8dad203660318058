import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { GetFunctionConcurrencyCommand, LambdaClient } from "@aws-sdk/client-lambda";
import type { Browser, Locator, Page } from "playwright-core";
import { type DemoServer, startDemo } from "#demo";
import { startHost } from "./codeServer.ts";
import { type CountingProxy, startCountingProxy } from "./countingProxy.ts";
import { openWorkbench, startCommand } from "./workbench.ts";

const root = path.join(import.meta.dirname, "../..");
const names = ["blog-comments", "blog-newsletter", "blog-search", "blog-thumbnails"] as const;

/** What a test of changes works with. */
interface Scene {
  readonly page: Page;
  readonly demo: DemoServer;
  readonly proxy: CountingProxy;
  /** Reservations as another client reads them. */
  readonly live: () => Promise<readonly (number | undefined)[]>;
}

const title = (command: string) => `Lambda Concurrency: ${command}`;

/** Runs a command. A preview that is still being drawn takes the focus, and with it the palette, away: then it is opened again. */
async function run(page: Page, command: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    page.setDefaultTimeout(3000);
    try {
      return await startCommand(page, command);
    } catch (error) {
      if (attempt === 5) throw error;
      // An open palette does not notice that a command can be run meanwhile.
      await page.keyboard.press("Escape");
    } finally {
      page.setDefaultTimeout(30_000);
    }
  }
}

/** Changes a demo account from a real VS Code, by keyboard: what is cancelled calls nothing, what is confirmed is done and nothing else. */
export async function checkChanges(browser: Browser): Promise<void> {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "lc-"));
  const demo = await startDemo({ traffic: false });
  const proxy = await startCountingProxy(demo.url);
  const client = new LambdaClient({
    endpoint: demo.url,
    region: "us-east-1",
    credentials: { accessKeyId: "AKIDEMO", secretAccessKey: "demo" },
  });
  const workspace = path.join(folder, "examples");
  cpSync(path.join(root, "examples"), workspace, { recursive: true });
  const state = path.join(folder, "state");
  const host = await startHost({
    data: path.join(folder, "data"),
    machineSettings: { "lambdaConcurrency.connectAtStart": "demo", "lambdaConcurrency.demoAddress": proxy.url },
    env: { XDG_STATE_HOME: state, LOCALAPPDATA: state },
  });
  try {
    const page = await openWorkbench({ host, browser, folder: workspace, extensionDevelopmentPath: root });
    const live = () =>
      Promise.all(
        names.map(async (name) => {
          const answer = await client.send(new GetFunctionConcurrencyCommand({ FunctionName: name }));
          return answer.ReservedConcurrentExecutions;
        }),
      );
    const scene = { page, demo, proxy, live };
    await page.locator('.statusbar-item[aria-label*="600 of 1,000"]').waitFor({ timeout: 60_000 });
    await cancelEverywhere(scene);
    await setOne(scene);
    await undoAndSetAgain(scene);
    await removeOne(scene);
    await refuseAnotherAccount(scene);
    await stopHalfWayAndTakeBack(scene);
    await applyTheBudget(scene);
    await readTheLog(scene);
    const log = readFileSync(path.join(state, "lambda-concurrency/audit.jsonl"), "utf8").trim().split("\n");
    const logged = log.map((line) => JSON.parse(line).function);
    const called = proxy.writes.map((write) => write.split("/")[3]);
    // A call that got no answer is sent again, and is one change all the same.
    const once = (list: readonly unknown[]) => list.filter((name, index) => name !== list[index - 1]);
    assert.deepEqual(once(logged), once(called), "every call that may have changed something is in the log");
  } catch (error) {
    for (const context of browser.contexts())
      for (const page of context.pages()) await page.screenshot({ path: path.join(tmpdir(), "changes-failed.png") });
    throw error;
  } finally {
    await host.stop();
    client.destroy();
    await proxy.close();
    await demo.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

const input = (page: Page) => page.locator(".quick-input-widget input").first();
const dialog = (page: Page) => page.locator(".monaco-dialog-box");

/** Waits until the quick input asks for this. */
async function asked(page: Page, heading: string): Promise<void> {
  await page.locator(".quick-input-widget .quick-input-title").filter({ hasText: heading }).waitFor();
}

async function type(page: Page, text: string): Promise<void> {
  await input(page).fill(text);
}

/** Waits for the confirmation and gives what it says. */
async function confirmation(page: Page): Promise<string> {
  await dialog(page).waitFor();
  return dialog(page).innerText();
}

/** Takes the button of the confirmation, which has the focus as soon as it is drawn; then the account's name is asked for. */
async function accept(page: Page): Promise<void> {
  const name = page.locator('.quick-input-widget input[placeholder="demo-account"]');
  for (let attempt = 0; attempt < 10 && (await dialog(page).count()) > 0; attempt++) {
    await dialog(page).locator(".monaco-button:focus").waitFor();
    await page.keyboard.press("Enter");
    await page.waitForTimeout(300);
  }
  await name.waitFor();
}

/** Confirms: the button, then the account's name. */
async function confirm(page: Page): Promise<void> {
  await accept(page);
  await type(page, "demo-account");
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
}

async function cancel(page: Page, gone: Locator): Promise<void> {
  await page.keyboard.press("Escape");
  await gone.waitFor({ state: "hidden" });
  await page.locator(".monaco-dialog-modal-block").waitFor({ state: "detached" });
  // The focus goes back where it was, which would close what is opened at once.
  await page.waitForTimeout(300);
}

/** Waits until the account is like this. */
async function until({ page, live }: Scene, wanted: readonly (number | undefined)[]): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    if (JSON.stringify(await live()) === JSON.stringify(wanted)) return;
    await page.waitForTimeout(100);
  }
  assert.deepEqual(await live(), wanted);
}

/** Runs a command that asks for a function, and picks one. What takes the focus away meanwhile makes it start again. */
async function pick(page: Page, command: string, name: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await run(page, title(command));
    page.setDefaultTimeout(3000);
    try {
      await asked(page, command);
      await type(page, name);
      await page.locator(`.quick-input-list .monaco-list-row[aria-label^="${name}"]`).first().waitFor();
      return await page.keyboard.press("Enter");
    } catch (error) {
      if (attempt === 5) throw error;
    } finally {
      page.setDefaultTimeout(30_000);
    }
  }
}

/** Opens the input for a function's reservation from the palette. */
async function askFor(page: Page, name: string): Promise<void> {
  await pick(page, "Set Reservation", name);
  await asked(page, `Reservation of ${name}`);
}

async function cancelEverywhere(scene: Scene): Promise<void> {
  const { page, proxy } = scene;
  const quick = page.locator(".quick-input-widget");
  await run(page, title("Set Reservation"));
  await asked(page, "Set Reservation");
  await cancel(page, quick);
  await askFor(page, "blog-comments");
  await type(page, "401");
  await page.locator(".quick-input-widget").getByText("At most 400").waitFor();
  await page.keyboard.press("Enter");
  await asked(page, "Reservation of blog-comments");
  await cancel(page, quick);
  await askFor(page, "blog-comments");
  await type(page, "60");
  await page.keyboard.press("Enter");
  const says = await confirmation(page);
  for (const text of ["demo-account (123456789012)", "us-east-1", "100 → 60", "stack concurrency-blog may undo this"])
    assert.ok(says.includes(text), says);
  assert.ok(says.includes("First change of this account and Region"), says);
  await cancel(page, dialog(page));
  await askFor(page, "blog-comments");
  await type(page, "60");
  await page.keyboard.press("Enter");
  await dialog(page).waitFor();
  await accept(page);
  await type(page, "demo");
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-widget").getByText("Type it exactly").waitFor();
  await cancel(page, quick);
  await run(page, title("Apply Budget"));
  await dialog(page).waitFor();
  await cancel(page, dialog(page));
  await pick(page, "Remove Reservation", "blog-newsletter");
  await dialog(page).waitFor();
  await cancel(page, dialog(page));
  assert.deepEqual(proxy.writes, [], "cancelled: nothing was called");
  assert.deepEqual(await scene.live(), [100, 50, 150, 300]);
}

async function setOne(scene: Scene): Promise<void> {
  const { page, proxy } = scene;
  await askFor(page, "blog-comments");
  await type(page, "60");
  await page.keyboard.press("Enter");
  await dialog(page).waitFor();
  await confirm(page);
  await until(scene, [60, 50, 150, 300]);
  assert.deepEqual(proxy.writes, ["PUT /2017-10-31/functions/blog-comments/concurrency"]);
  await page.locator('.statusbar-item[aria-label*="560 of 1,000"]').waitFor();
}

/** The set is undone from the palette, and made again. */
async function undoAndSetAgain(scene: Scene): Promise<void> {
  const { page } = scene;
  await run(page, title("Undo Last Apply or Set"));
  const says = await confirmation(page);
  assert.ok(says.includes("blog-comments: 60 → 100 (+40)"), says);
  await confirm(page);
  await until(scene, [100, 50, 150, 300]);
  await askFor(page, "blog-comments");
  await type(page, "60");
  await page.keyboard.press("Enter");
  await dialog(page).waitFor();
  await confirm(page);
  await until(scene, [60, 50, 150, 300]);
}

/** The plan's document says what happened; the log is a table, its lines a button away. */
async function readTheLog({ page }: Scene): Promise<void> {
  const tab = (name: string) => page.locator(`.tab[data-resource-name="${name}"]`);
  await run(page, title("Open Log of Changes"));
  await tab("Log of Changes.md").first().waitFor();
  await page.locator('.editor-actions a[aria-label^="Open Raw Log of Changes"]').first().click();
  await tab("audit.jsonl").first().waitFor();
}

async function removeOne(scene: Scene): Promise<void> {
  const { page } = scene;
  await pick(page, "Remove Reservation", "blog-newsletter");
  const says = await confirmation(page);
  assert.ok(!says.includes("First change of this account and Region"), says);
  await confirm(page);
  await until(scene, [60, undefined, 150, 300]);
}

/** The credentials become those of another account while the confirmation is open. */
async function refuseAnotherAccount(scene: Scene): Promise<void> {
  const { page, demo, proxy } = scene;
  const before = proxy.writes.length;
  await askFor(page, "blog-search");
  await type(page, "151");
  await page.keyboard.press("Enter");
  await dialog(page).waitFor();
  demo.account.faults.replace([{ kind: "other-account", action: "*" }]);
  await confirm(page);
  await run(page, "Notifications: Show Notifications");
  await page
    .locator(".notifications-center")
    .getByText("999999999999")
    .first()
    .waitFor()
    .catch(() => undefined);
  demo.account.faults.replace([]);
  assert.equal(proxy.writes.length, before, "refused: nothing was called");
  await run(page, "Notifications: Clear All Notifications");
  await run(page, title("Refresh Account"));
  await page.locator('.statusbar-item[aria-label*="510 of 1,000"]').waitFor();
}

async function stopHalfWayAndTakeBack(scene: Scene): Promise<void> {
  const { page, demo } = scene;
  demo.account.faults.replace([{ kind: "deny", action: "PutFunctionConcurrency", after: 2 }]);
  await run(page, title("Apply Budget"));
  await dialog(page).waitFor();
  await confirm(page);
  await until(scene, [200, 150, 150, 300]);
  await page.locator('.activitybar a[aria-label^="Lambda Concurrency"]').first().click();
  await page.locator('.monaco-list-row[aria-label^="Unfinished apply"]').first().waitFor();
  demo.account.faults.replace([]);
  await run(page, title("Finish or Undo an Apply"));
  await asked(page, "2 of 4 steps made");
  await type(page, "Take it back");
  await page.keyboard.press("Enter");
  const says = await confirmation(page);
  assert.ok(says.includes("blog-newsletter: back to none"), says);
  await confirm(page);
  await until(scene, [60, undefined, 150, 300]);
  await page.locator('.monaco-list-row[aria-label^="Unfinished apply"]').first().waitFor({ state: "detached" });
}

async function applyTheBudget(scene: Scene): Promise<void> {
  const { page } = scene;
  await run(page, title("Apply Budget"));
  await dialog(page).waitFor();
  await confirm(page);
  await until(scene, [200, 150, 200, 350]);
  await page.locator('.statusbar-item[aria-label*="900 of 1,000"]').waitFor();
}
