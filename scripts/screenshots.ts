/**
 * Takes the pictures in docs/images/ from the example workspace in a real VS Code, light and dark, and pictures of further states
 * to look at in .cache/screenshots/: `npm run screenshots [-- name…]`. Look at the pictures before you commit them.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { launchChromium } from "../test/host/chromium.ts";
import { type Host, installExtension, startHost } from "../test/host/codeServer.ts";
import { openWorkbench, runCommand } from "../test/host/workbench.ts";
import { root } from "./command.ts";
import { connected, startDemoAccount } from "./demoAccount.ts";
import { packageExtension } from "./package.ts";
import { type AccountScene, accounts } from "./pictures/accounts.ts";
import { files } from "./pictures/files.ts";
import type { Scene } from "./pictures/page.ts";

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
