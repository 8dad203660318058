/// <reference lib="dom" />
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { launchChromium } from "#host/chromium.ts";
import { bundlePoolView, type OpenedView, openPoolView } from "#support/poolViewPage.ts";
import { scenes } from "../poolView/scenes.ts";

const pictures = path.join(import.meta.dirname, "../../../.cache/pool-view");
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser: Browser;
let bundle: Awaited<ReturnType<typeof bundlePoolView>>;

before(async () => {
  mkdirSync(pictures, { recursive: true });
  [browser, bundle] = await Promise.all([launchChromium(), bundlePoolView()]);
});

after(async () => {
  await browser.close();
});

/** Rules that are broken, each with the elements that break it; of a long table the first rows. */
async function violations({ page }: OpenedView): Promise<readonly string[]> {
  // Evaluated by the debugger, so the policy of the page does not apply to it.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    for (const row of document.querySelectorAll("tbody tr:nth-child(n+20)")) row.remove();
    const found = await checker.run();
    return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  });
}

const looks: readonly (readonly [scene: string, theme: "dark" | "light" | "high-contrast", width: number])[] = [
  ...Object.keys(scenes).map((scene) => [scene, "dark", 960] as const),
  ...["normal", "overcommitted", "unknown"].flatMap((scene) => [
    [scene, "light", 960] as const,
    [scene, "high-contrast", 960] as const,
    [scene, "dark", 300] as const,
  ]),
  ["thousand", "dark", 300],
  ["thousand", "light", 960],
];

for (const [scene, theme, width] of looks) {
  test(`${scene}, ${theme}, ${width} px wide: drawn under the policy, and accessible`, async () => {
    const view = await openPoolView(browser, bundle, { theme, width });
    await view.show(scenes[scene] as NonNullable<(typeof scenes)[string]>);
    const slice = view.page.locator('.segment[data-kind="slice"]').nth(1);
    if (scene === "normal" || scene === "whatIf") await slice.click();
    await view.page.screenshot({ path: path.join(pictures, `${scene}-${theme}-${width}.png`), fullPage: true });
    const scrolls = await view.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    assert.deepEqual([await violations(view), view.faults, scrolls], [[], [], false]);
  });
}
