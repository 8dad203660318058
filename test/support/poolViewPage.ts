/// <reference lib="dom" />
import path from "node:path";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { poolViewPage } from "#client/poolView/poolViewPage.ts";
import type { FromView, ToView } from "#webview/poolMessages.ts";
import { themes } from "./webviewThemes.ts";

const root = path.join(import.meta.dirname, "../..");
const origin = "http://webview.test";

/** The script and the style sheet of the pool view, as they are bundled. */
export async function bundlePoolView(): Promise<{ readonly script: string; readonly style: string }> {
  const folder = path.join(root, "client/webview/src");
  const { outputFiles } = await build({
    entryPoints: [path.join(folder, "poolView.ts"), path.join(folder, "poolView.css")],
    bundle: true,
    write: false,
    outdir: "/",
    format: "iife",
    target: "chrome134",
    minify: true,
  });
  const text = (end: string) => outputFiles.find((file) => file.path.endsWith(end))?.text ?? "";
  return { script: text(".js"), style: text(".css") };
}

/** A pool view in a browser, with what it said. */
export interface OpenedView {
  readonly page: Page;
  readonly said: () => Promise<readonly FromView[]>;
  /** Shows something and waits until it is drawn. */
  readonly show: (told: ToView) => Promise<void>;
  /** Violations of the policy, errors of the page, and requests for anything but the two files. */
  readonly faults: readonly string[];
}

/** Opens the page that the extension makes, under its own policy, with the colours of a theme of VS Code. */
export async function openPoolView(
  browser: Browser,
  bundle: { readonly script: string; readonly style: string },
  { theme = "dark", width = 960, height = 900 }: { theme?: keyof typeof themes; width?: number; height?: number } = {},
): Promise<OpenedView> {
  const page = await browser.newPage({ viewport: { width, height }, reducedMotion: "reduce" });
  const faults: string[] = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  const files: Readonly<Record<string, readonly [type: string, body: string]>> = {
    "/": [
      "text/html",
      poolViewPage({ script: "/poolView.js", style: "/poolView.css", styleSource: origin, nonce: "n0nce" }),
    ],
    "/poolView.js": ["text/javascript", bundle.script],
    "/poolView.css": ["text/css", bundle.style],
  };
  await page.route("**/*", (route) => {
    const { pathname, origin: from } = new URL(route.request().url());
    const file = from === origin ? files[pathname] : undefined;
    if (file !== undefined) return route.fulfill({ contentType: file[0], body: file[1] });
    if (pathname !== "/favicon.ico") faults.push(`A request for ${route.request().url()}`);
    return route.abort();
  });
  await page.addInitScript(stubVsCode, themes[theme]);
  await page.goto(`${origin}/`);
  return {
    page,
    faults,
    said: () => page.evaluate(() => (globalThis as unknown as { said: FromView[] }).said),
    show: async (told) => {
      await page.evaluate((message) => {
        window.postMessage(message);
        return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      }, told);
    },
  };
}

/** Runs in the page before its script: the API that VS Code gives to a webview, its colours, and an ear for the policy. */
function stubVsCode({ kind, colours }: (typeof themes)[keyof typeof themes]): void {
  const said: unknown[] = [];
  Object.assign(globalThis, {
    said,
    acquireVsCodeApi: () => ({ postMessage: (message: unknown) => said.push(message) }),
  });
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
    console.error(`Refused by the policy: ${violatedDirective} ${blockedURI}`),
  );
  document.addEventListener("DOMContentLoaded", () => {
    document.body.classList.add(kind);
    for (const [name, value] of Object.entries(colours)) document.documentElement.style.setProperty(name, value);
  });
}
