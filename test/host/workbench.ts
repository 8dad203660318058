import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";
import type { Host } from "./codeServer.ts";
import { until } from "./until.ts";

/** What a workbench opens. */
export interface WorkbenchOptions {
  readonly host: Host;
  readonly browser: Browser;
  /** Absolute path of the workspace folder. */
  readonly folder: string;
  /** Secret of the host. */
  readonly token?: string;
  /** Absolute paths for the switches of the same name; honoured by hosts without a token. */
  readonly extensionDevelopmentPath?: string;
  readonly extensionTestsPath?: string;
  readonly openFile?: string;
  readonly page?: BrowserContextOptions;
}

/** The address of a workbench. */
export function workbenchUrl(options: Omit<WorkbenchOptions, "browser">): string {
  const { host, folder, token } = options;
  const remote = (file: string) => `vscode-remote://127.0.0.1:${host.port}${posix(file)}`;
  const payload = (["extensionDevelopmentPath", "extensionTestsPath", "openFile"] as const).flatMap((key) => {
    const file = options[key];
    return file === undefined ? [] : [[key, remote(file)]];
  });
  const query = new URLSearchParams({
    ...(token !== undefined && { tkn: token }),
    folder: posix(folder),
    ...(payload.length > 0 && { payload: JSON.stringify([...payload, ["skipWelcome", "true"]]) }),
  });
  return `http://127.0.0.1:${host.port}/?${query}`;
}

/** A path as VS Code's URIs write it, also on Windows. */
function posix(file: string): string {
  const slashed = file.replaceAll("\\", "/");
  return slashed.startsWith("/") ? slashed : `/${slashed}`;
}

/** Opens a workbench and waits until it is drawn. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Page> {
  const context = await options.browser.newContext({ viewport: { width: 1280, height: 800 }, ...options.page });
  const page = await context.newPage();
  await page.goto(workbenchUrl(options));
  await page.locator(".monaco-workbench").waitFor({ timeout: 60_000 });
  return page;
}

/** Runs a command by its title that asks nothing. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await startCommand(page, title);
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
}

/** Runs a command by its title; it may go on with questions of its own. */
export async function startCommand(page: Page, title: string): Promise<void> {
  const input = page.locator(".quick-input-widget input").first();
  const row = page.locator(`.quick-input-list .monaco-list-row[aria-label^="${title}"]`).first();
  let palette = false;
  // A document that is drawn meanwhile takes the focus, and with it the palette, away. An open palette does not notice that a
  // command can be run by now.
  await until(`the palette runs ${title}`, async () => {
    if (palette) await page.keyboard.press("Escape");
    palette = true;
    await page.keyboard.press("F1");
    await input.fill(`>${title}`, { timeout: 3000 });
    await row.waitFor({ timeout: 3000 });
    await input.press("Enter", { timeout: 3000 });
  });
}

/** The view of the sidebar with this title. */
export function view(page: Page, title: string): Locator {
  return page.locator(".pane").filter({ has: page.locator(".pane-header").filter({ hasText: title }) });
}

/** What a run of the suite in the extension host ended with. */
export interface SuiteExit {
  /** 0 when every test passed. */
  readonly code: number;
  /** What the extension host wrote to its console. */
  readonly console: readonly string[];
}

/** Runs `extensionTestsPath` in the extension host; gives up after `timeout` milliseconds. */
export async function runSuite(options: WorkbenchOptions & { readonly timeout: number }): Promise<SuiteExit> {
  const context = await options.browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    const lines: string[] = [];
    const code = new Promise<number>((resolve, reject) => {
      const tooLate = () =>
        reject(new Error(`The suite did not end within ${options.timeout / 1000} s.\n${lines.join("\n")}`));
      const timer = setTimeout(tooLate, options.timeout);
      void page.exposeFunction("codeAutomationLog", (_type: string, args: readonly unknown[]) => {
        lines.push(args.map(String).join(" "));
      });
      void page.exposeFunction("codeAutomationExit", (exitCode: number) => {
        clearTimeout(timer);
        resolve(exitCode);
      });
    });
    await page.goto(workbenchUrl(options));
    return { code: await code, console: lines };
  } finally {
    await context.close();
  }
}
