/// <reference lib="dom" />
import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Frame, Page } from "playwright-core";
import { axeViolations } from "#support/axeViolations.ts";
import { checkGroup, type Scene, type Started } from "./checkGroup.ts";
import { startHost } from "./codeServer.ts";
import { until } from "./until.ts";
import { openWorkbench, runCommand } from "./workbench.ts";

const root = path.join(import.meta.dirname, "../..");

/** A window on a budget that is 100 over its limit, with the pool view open and no account. */
interface PoolScene extends Scene {
  readonly workspace: string;
  /** What a content security policy refused since the pool view was opened. */
  readonly refused: string[];
}

async function start(): Promise<Started<PoolScene>> {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "lc-"));
  const host = await startHost({ data: path.join(folder, "data") });
  let windows = 0;
  return {
    async open(browser) {
      const workspace = path.join(folder, String(++windows), "shop");
      cpSync(path.join(import.meta.dirname, "fixtures/shop"), workspace, { recursive: true });
      const page = await openWorkbench({ host, browser, folder: workspace, extensionDevelopmentPath: root });
      return { scene: { page, workspace, refused: [] }, close: async () => undefined };
    },
    async ready({ page, refused }) {
      await page.locator('[id="status.problems"] a[aria-label*="3"]').waitFor({ timeout: 60_000 });
      page.on("console", (message) => {
        if (/Content Security Policy/.test(message.text())) refused.push(message.text());
      });
      await runCommand(page, "Lambda Concurrency: Show Pool");
    },
    async stop() {
      await host.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** The inner frame of the webview, once the pool is drawn in it. */
async function poolFrame(page: Page): Promise<Frame> {
  return until("the pool view is drawn", async () => {
    for (const frame of page.frames()) {
      const drawn = () => document.querySelectorAll(".segment.slice").length === 3;
      if (await frame.evaluate(drawn).catch(() => false)) return frame;
    }
    return assert.fail(
      page
        .frames()
        .map((frame) => frame.url())
        .join(", "),
    );
  });
}

/** Looks at the pool view and uses it in a real VS Code. */
export const runPoolView = checkGroup<PoolScene>({
  start,
  checks: {
    "the pool of a budget is drawn without an account, accessible, and nothing is refused by its policy": async ({
      page,
      refused,
    }) => {
      const frame = await poolFrame(page);
      assert.equal(await frame.locator(".summary").textContent(), "100 too many: 1,000 of 1,000 claimed");
      assert.equal(await frame.locator(".base.outside").count(), 1, "what does not fit lies outside");
      assert.deepEqual([await axeViolations(frame), refused], [[], []]);
    },
    "a reservation is tried by keyboard, and written to the budget without saving it": async ({ page, workspace }) => {
      const frame = await poolFrame(page);
      await frame.locator('.segment[tabindex="0"]').focus();
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("Enter");
      assert.equal(await frame.locator(".details h2").textContent(), "thumbnails");
      await frame.locator("#reservation").fill("250");
      await frame.locator(".summary", { hasText: "900 of 1,000 claimed, 0 headroom" }).waitFor();
      await frame.getByRole("button", { name: "Write to Budget" }).click();
      await page
        .locator(".editor-instance .view-lines")
        .filter({ hasText: /thumbnails:\s250/ })
        .waitFor();
      assert.match(readFileSync(path.join(workspace, "concurrency-budget.yaml"), "utf8"), /thumbnails: 350/);
    },
  },
});
