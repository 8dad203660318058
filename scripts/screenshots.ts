/**
 * Takes the pictures in docs/images/ from the example workspace in a real VS Code, light and dark, and pictures of further states
 * to look at in .cache/screenshots/: `npm run screenshots [-- name…]`. Look at the pictures before you commit them.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { launchChromium } from "../test/host/chromium.ts";
import { type Host, installExtension, startHost } from "../test/host/codeServer.ts";
import { openWorkbench, runCommand, startCommand } from "../test/host/workbench.ts";
import { root } from "./command.ts";
import { connected, startDemoAccount } from "./demoAccount.ts";
import { packageExtension } from "./package.ts";

const images = path.join(root, "docs/images");
const looks = path.join(root, ".cache/screenshots");
const themes = { light: "Default Light Modern", dark: "Default Dark Modern" } as const;
type Theme = keyof typeof themes;

/** How the editor looks in the pictures: nothing that is not about the subject. */
const settings = {
  "breadcrumbs.enabled": false,
  "editor.fontSize": 13,
  "editor.lightbulb.enabled": "off",
  "editor.minimap.enabled": false,
  "editor.occurrencesHighlight": "off",
  "editor.renderLineHighlight": "none",
  "editor.scrollBeyondLastLine": false,
  "editor.stickyScroll.enabled": false,
  "workbench.layoutControl.enabled": false,
  "workbench.navigationControl.enabled": false,
  "window.commandCenter": false,
};

/** Opens a file of the examples at a line and column. */
async function openAt(page: Page, file: string, line: number, column: number): Promise<void> {
  await page.keyboard.press("Control+P");
  await page.locator(".quick-input-widget input").fill(`${file}:${line}:${column}`);
  await page.locator(`.quick-input-list .monaco-list-row`).first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  await page.locator(`.tab.active[aria-label^="${path.basename(file)}"]`).waitFor();
}

/** Waits until the findings of the open file are underlined. */
async function settled(page: Page): Promise<void> {
  await page.locator(".squiggly-error").first().waitFor();
}

/** Waits until so many code lenses are drawn. */
async function lenses(page: Page, count: number): Promise<void> {
  await page
    .locator(".codelens-decoration")
    .nth(count - 1)
    .waitFor();
}

const template = "orders/template.yaml";
const budget = "orders/concurrency-budget.yaml";

/** Brings the workbench into the state to be shown. */
type Scene = (page: Page) => Promise<void>;

/** Pictures of the files alone, for the documentation. */
const files: Readonly<Record<string, Scene>> = {
  async hover(page) {
    await openAt(page, template, 43, 38);
    await settled(page);
    await runCommand(page, "Show or Focus Hover");
    await page.locator(".monaco-hover:visible").first().waitFor();
  },
  async problems(page) {
    await openAt(page, template, 37, 45);
    await settled(page);
    await runCommand(page, "Problems: Focus on Problems View");
    // The related places are folded away, so that every finding is in the picture.
    const unfolded = page.locator('.markers-panel .monaco-list-row[aria-level="2"][aria-expanded="true"]');
    await unfolded.first().waitFor();
    while ((await unfolded.count()) > 0) {
      const name = (await unfolded.first().getAttribute("aria-label")) ?? "";
      await unfolded.first().locator(".monaco-tl-twistie").click();
      await page.getByRole("treeitem", { name, exact: true, expanded: false }).waitFor();
    }
    await page.keyboard.press("Control+1");
  },
  async budget(page) {
    await openAt(page, budget, 1, 1);
    await settled(page);
    await lenses(page, 2);
  },
  async completion(page) {
    await openAt(page, budget, 23, 27);
    await settled(page);
    await lenses(page, 2);
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Control+Space");
    await page.locator(".suggest-widget.visible .monaco-list-row").first().waitFor();
    await lenses(page, 2);
  },
  async "quick-fix"(page) {
    await openAt(page, template, 37, 45);
    await settled(page);
    const menu = page.locator(".action-widget .monaco-list-row").first();
    // The key does nothing until the editor has asked the server for the first time.
    for (let attempt = 0; attempt < 10 && !(await menu.isVisible()); attempt++) {
      await page.keyboard.press("Control+.");
      await menu.waitFor({ timeout: 2000 }).catch(() => undefined);
    }
    await menu.waitFor();
  },
};

/** The view of the sidebar with this title. */
function view(page: Page, title: string): Locator {
  return page.locator(".pane").filter({ has: page.locator(".pane-header").filter({ hasText: title }) });
}

/** The first row of the account that has this text. */
function row(page: Page, text: string): Locator {
  return view(page, "Account").locator(".monaco-list-row").filter({ hasText: text }).first();
}

/** Shows the sidebar of the account. */
async function sidebar(page: Page): Promise<void> {
  await page.locator('.activitybar a[aria-label*="Lambda Concurrency"]').first().click();
  await page.locator(".pane-header").filter({ hasText: "Account" }).first().waitFor();
}

/** Waits until the busiest function of the default account has been seen at work. */
async function busy(page: Page): Promise<void> {
  await sidebar(page);
  await row(page, "Needs attention").waitFor();
  await row(page, "blog-newsletter").waitFor();
}

/** A picture of a window that is connected to a demo account. */
interface AccountScene {
  /** Arguments of `demo`. */
  readonly demo?: readonly string[];
  /** Its account, when it is not the default one. */
  readonly account?: object;
  /** Is it in the documentation? Others are for looking at: they go to .cache/screenshots/. */
  readonly documented?: boolean;
  readonly show: Scene;
}

const accounts: Readonly<Record<string, AccountScene>> = {
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

/** Waits until the document in the preview is drawn: VS Code shows it in a frame within a frame. */
async function rendered(page: Page): Promise<void> {
  await page.frameLocator("iframe.webview").frameLocator("iframe").locator("h1, h2").first().waitFor();
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

/** Where a picture belongs. */
function target(name: string, theme: string): string {
  const documented = name in files || accounts[name]?.documented === true;
  return path.join(documented ? images : looks, `${name}-${theme}.png`);
}

/** Takes one picture in a running host. */
async function picture(browser: Browser, host: Host, folder: string, name: string, theme: string, show: Scene) {
  const workspace = path.join(folder, `${theme}-${name}`, "examples");
  cpSync(path.join(root, "examples"), workspace, { recursive: true });
  const page = await openWorkbench({
    host,
    browser,
    folder: workspace,
    page: { viewport: { width: 1080, height: 700 }, deviceScaleFactor: 1.5 },
  });
  await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();
  if (name in files) await runCommand(page, "View: Toggle Primary Side Bar Visibility");
  try {
    await show(page);
  } catch (error) {
    await page.screenshot({ path: path.join(tmpdir(), `${name}-${theme}-failed.png`) });
    throw error;
  }
  await page.mouse.move(5, 5);
  const file = target(name, theme);
  await page.screenshot({ path: file, animations: "disabled", caret: "hide" });
  console.log(path.relative(root, file));
  await page.context().close();
}

/** Takes the pictures of the files in one theme, in one host. */
async function filePictures(browser: Browser, folder: string, theme: Theme, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const data = path.join(folder, theme);
  await installExtension(await packaged, data);
  const host = await startHost({ data, settings: { ...settings, "workbench.colorTheme": themes[theme] } });
  try {
    for (const name of names) await picture(browser, host, folder, name, theme, files[name] ?? (async () => {}));
  } finally {
    await host.stop();
  }
}

/** Takes a picture of an account in one theme, in a host that is connected to a demo account of its own. */
async function accountPicture(browser: Browser, folder: string, theme: Theme, name: string, scene: AccountScene) {
  const data = path.join(folder, `${theme}-${name}`);
  await installExtension(await packaged, data);
  const file = path.join(data, "account.json");
  if (scene.account !== undefined) writeFileSync(file, JSON.stringify(scene.account));
  const own = scene.account === undefined ? [] : ["--account", file];
  const demo = await startDemoAccount([...own, ...(scene.demo ?? [])]);
  const host = await startHost({
    data,
    settings: { ...settings, "workbench.colorTheme": themes[theme] },
    machineSettings: connected(demo.url),
  });
  try {
    await picture(browser, host, folder, name, theme, scene.show);
  } finally {
    await host.stop();
    demo.stop();
  }
}

const wanted = process.argv.slice(2);
const chosen = (names: object) => Object.keys(names).filter((name) => wanted.length === 0 || wanted.includes(name));
const folder = mkdtempSync(path.join(tmpdir(), "lambda-concurrency-pictures-"));
const browser = await launchChromium();
const packaged = packageExtension();
try {
  for (const each of [images, looks]) mkdirSync(each, { recursive: true });
  for (const theme of ["light", "dark"] as const) {
    await filePictures(browser, folder, theme, chosen(files));
    for (const name of chosen(accounts)) {
      const scene = accounts[name];
      if (scene) await accountPicture(browser, folder, theme, name, scene);
    }
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
