/**
 * Takes the pictures in docs/images/ from the example workspace in a real VS Code, light and dark:
 * `npm run screenshots [-- name…]`. Look at the pictures before you commit them.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../test/host/chromium.ts";
import { installExtension, startHost } from "../test/host/codeServer.ts";
import { openWorkbench, runCommand } from "../test/host/workbench.ts";
import { root } from "./command.ts";
import { packageExtension } from "./package.ts";

const images = path.join(root, "docs/images");
const themes = { light: "Default Light Modern", dark: "Default Dark Modern" } as const;

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

/** Each picture: brings the workbench into the state to be shown. */
const scenes: Readonly<Record<string, (page: Page) => Promise<void>>> = {
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

/** Takes the chosen pictures in one theme. */
async function picture(
  browser: Browser,
  folder: string,
  theme: keyof typeof themes,
  names: readonly string[],
): Promise<void> {
  const data = path.join(folder, theme);
  await installExtension(await packageExtension(), data);
  const host = await startHost({ data, settings: { ...settings, "workbench.colorTheme": themes[theme] } });
  try {
    for (const name of names) {
      const workspace = path.join(folder, `${theme}-${name}`, "examples");
      cpSync(path.join(root, "examples"), workspace, { recursive: true });
      const page = await openWorkbench({
        host,
        browser,
        folder: workspace,
        page: { viewport: { width: 1080, height: 700 }, deviceScaleFactor: 1.5 },
      });
      await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor();
      await runCommand(page, "View: Toggle Primary Side Bar Visibility");
      try {
        await scenes[name]?.(page);
      } catch (error) {
        await page.screenshot({ path: path.join(tmpdir(), `${name}-${theme}-failed.png`) });
        throw error;
      }
      await page.mouse.move(5, 5);
      await page.screenshot({ path: path.join(images, `${name}-${theme}.png`), animations: "disabled", caret: "hide" });
      console.log(`docs/images/${name}-${theme}.png`);
      await page.context().close();
    }
  } finally {
    await host.stop();
  }
}

const wanted = process.argv.slice(2);
const names = Object.keys(scenes).filter((name) => wanted.length === 0 || wanted.includes(name));
const folder = mkdtempSync(path.join(tmpdir(), "lambda-concurrency-pictures-"));
const browser = await launchChromium();
try {
  mkdirSync(images, { recursive: true });
  for (const theme of ["light", "dark"] as const) await picture(browser, folder, theme, names);
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}
