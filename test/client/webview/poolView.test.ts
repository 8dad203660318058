/// <reference lib="dom" />
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "playwright-core";
import { launchChromium } from "#host/chromium.ts";
import { axeViolations } from "#support/axeViolations.ts";
import { bundlePoolView, openPoolView } from "#support/poolViewPage.ts";
import { scenes } from "../poolView/scenes.ts";

const pictures = path.join(import.meta.dirname, "../../../.cache/pool-view");
let browser: Browser;
let bundle: Awaited<ReturnType<typeof bundlePoolView>>;

before(async () => {
  mkdirSync(pictures, { recursive: true });
  [browser, bundle] = await Promise.all([launchChromium(), bundlePoolView()]);
});

after(async () => {
  await browser.close();
});

const scene = (name: string) => scenes[name] as NonNullable<(typeof scenes)[string]>;
const looks: readonly (readonly [scene: string, theme: "dark" | "light" | "high-contrast", width: number])[] = [
  ...Object.keys(scenes).map((name) => [name, "dark", 960] as const),
  ...["normal", "overcommitted", "unknown"].flatMap((name) => [
    [name, "light", 960] as const,
    [name, "high-contrast", 960] as const,
    [name, "dark", 300] as const,
  ]),
  ["thousand", "dark", 300],
  ["thousand", "light", 960],
];

for (const [name, theme, width] of looks) {
  test(`${name}, ${theme}, ${width} px wide: drawn under the policy, and accessible`, async () => {
    const view = await openPoolView(browser, bundle, { theme, width });
    await view.show(scene(name));
    const slice = view.page.locator('.segment[data-kind="slice"]').nth(1);
    if (name === "normal" || name === "whatIf") await slice.click();
    await view.page.screenshot({ path: path.join(pictures, `${name}-${theme}-${width}.png`), fullPage: true });
    const scrolls = await view.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
    assert.deepEqual([await axeViolations(view.page), view.faults, scrolls], [[], [], false]);
  });
}

test("arrow keys go from slice to slice, Enter chooses one, and what is typed is said to the extension", async () => {
  const { page, show, said } = await openPoolView(browser, bundle);
  await show(scene("normal"));
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("data-key"));
  await page.locator('.segment[tabindex="0"]').focus();
  const visited = [];
  for (const key of ["ArrowRight", "End", "ArrowRight", "ArrowLeft", "Home", "ArrowDown"]) {
    await page.keyboard.press(key);
    visited.push(await focused());
  }
  assert.deepEqual(visited, ["shop/Search", "floor", "shop/Checkout", "floor", "shop/Checkout", "shop/Search"]);
  await page.keyboard.press("Enter");
  assert.equal(await focused(), "shop/Search", "the focus stays when the picture is drawn again");
  assert.equal(await page.locator('.segment[aria-pressed="true"]').getAttribute("data-key"), "shop/Search");
  await page.locator("#reservation").fill("-1");
  assert.equal(await page.locator("#reservation").getAttribute("aria-invalid"), "true");
  await page.locator("#reservation").fill("90");
  await page.getByRole("button", { name: "Template" }).click();
  assert.deepEqual(await said(), [
    { type: "ready" },
    { type: "whatIf", key: "shop/Search", value: 90 },
    { type: "open", key: "shop/Search", place: "template" },
  ]);
});

test("what is being typed is not written over by an answer, and keeps the focus", async () => {
  const { page, show } = await openPoolView(browser, bundle);
  await show(scene("normal"));
  await page.getByRole("button", { name: "Payment" }).first().click();
  await page.locator("#reservation").fill("4");
  await show(scene("whatIf"));
  assert.equal(await page.locator("#reservation").inputValue(), "4");
  assert.equal(await page.evaluate(() => document.activeElement?.id), "reservation");
  assert.equal(await page.locator(".says").textContent(), "40 claimed, was 90; 50 in use now; max 190");
  await page.getByRole("button", { name: "Discard" }).click();
  await show(scene("normal"));
  assert.equal(await page.locator(".actions button").count(), 0);
});

test("the table has every function, and finds those with a name", async () => {
  const { page, show } = await openPoolView(browser, bundle);
  await show(scene("thousand"));
  const rows = page.locator("tbody tr");
  assert.equal(await rows.count(), 1000);
  await page.locator("#filter").fill("worker 0777");
  assert.deepEqual(await page.locator("tbody tr:not([hidden]) th").allTextContents(), ["orders-worker-0777"]);
  await page.locator("tbody tr:not([hidden]) button").click();
  const chosen = page.locator(".segment.chosen");
  assert.equal(await chosen.getAttribute("data-key"), "shop/orders-worker-0777", "what is chosen is drawn by itself");
});

test("pizza and bar change places by a button, and exports are pictures of their own in the colours of the theme", async () => {
  const { page, show, said, faults } = await openPoolView(browser, bundle, { theme: "light" });
  await show(scene("overcommitted"));
  assert.equal(await page.locator("svg.pizza").count(), 1);
  await page.getByRole("button", { name: "Show as Bar" }).click();
  assert.equal(await page.locator("svg.bar").count(), 1);
  await page.getByRole("button", { name: "Export as SVG" }).click();
  await page.getByRole("button", { name: "Export as PNG" }).click();
  await page.getByRole("button", { name: "Export the table as CSV" }).click();
  await page.waitForFunction(() => (globalThis as unknown as { said: unknown[] }).said.length === 4);
  const exported = (await said()).filter((message) => message.type === "export");
  const [svg, png] = (["svg", "png"] as const).map((format) => exported.find((message) => message.format === format));
  assert.ok(svg !== undefined && "data" in svg && png !== undefined && "data" in png);
  assert.ok(exported.some(({ format }) => format === "csv"));
  assert.match(svg.data, /^<svg[^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  assert.match(svg.data, /fill="rgb\(255, 255, 255\)"/);
  assert.doesNotMatch(svg.data, /var\(|class="|tabindex/);
  assert.match(svg.data, /fill="url\(#overHatch\)"/);
  const bytes = Buffer.from(png.data, "base64");
  assert.equal(bytes.subarray(1, 4).toString(), "PNG");
  const { width, height } = (await page.locator("svg.bar").boundingBox()) ?? { width: 0, height: 0 };
  assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [width * 2, height * 2]);
  writeFileSync(path.join(pictures, "export.svg"), svg.data);
  writeFileSync(path.join(pictures, "export.png"), bytes);
  assert.deepEqual(faults, []);
});

test("a script that is not ours does not run: the policy refuses it, and the test sees that", async () => {
  const { page, faults } = await openPoolView(browser, bundle);
  await page.evaluate(() => {
    const planted = document.createElement("script");
    planted.textContent = "globalThis.planted = true";
    document.body.append(planted);
  });
  assert.equal(await page.evaluate(() => "planted" in globalThis), false);
  assert.match(faults.join("\n"), /Refused by the policy: script-src-elem inline/);
});
