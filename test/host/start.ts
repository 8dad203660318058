import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { checkGroup, type Scene, type Started } from "./checkGroup.ts";
import { finding } from "./sidebar/finding.ts";
import { reading } from "./sidebar/reading.ts";
import { until } from "./until.ts";

const root = path.join(import.meta.dirname, "../..");

/** A window on what `npm start` serves. */
interface StartScene extends Scene {
  readonly url: string;
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
}

/** How many problems the examples announce in their comments. */
function planted(): number {
  const files = globSync("examples/**/*.yaml", { cwd: root });
  return files.flatMap((file) => readFileSync(path.join(root, file), "utf8").match(/# PLANTED /g) ?? []).length;
}

/** What `npm start` prints, up to its address. */
function address(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    const timer = setTimeout(() => reject(new Error(`No address within 120 s:\n${output}`)), 120_000);
    const collect = (data: Buffer) => {
      output += data;
      const [url] = /http:\/\/127\.0\.0\.1:\d+\/\?tkn=\S+/.exec(output) ?? [];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    };
    child.stdout?.on("data", collect);
    child.stderr?.on("data", collect);
    child.on("exit", (code) => reject(new Error(`It ended with ${code}:\n${output}`)));
  });
}

async function start(): Promise<Started<StartScene>> {
  const child = spawn(process.execPath, [path.join(root, "scripts/start.ts"), "--web", "--no-open"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const url = await address(child);
  return {
    async open(browser) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 1600 } });
      await page.goto(url);
      return { scene: { page, url, child, ended }, close: async () => undefined };
    },
    ready: async ({ page }) => {
      await page.locator(".monaco-workbench").waitFor({ timeout: 60_000 });
    },
    async stop() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** Runs `npm start` as a user without a desktop VS Code does, and uses the sidebar as a person does: with the mouse. */
export const runStart = checkGroup<StartScene>({
  start,
  checks: {
    "nobody gets in without the token": async ({ url }) => {
      assert.equal((await fetch(new URL("/", url))).status, 403);
    },
    "the findings of the examples and of the account are counted in the status bar": async ({ page }) => {
      const problems = page.locator('[id="status.problems"] a');
      // Beside the planted ones: four functions that differ from the account, and one there that is switched off.
      const total = planted() + 5;
      assert.ok(total > 5);
      await until(
        `${total} problems in the status bar`,
        async () => {
          const label = (await problems.getAttribute("aria-label")) ?? "";
          const sum = (label.match(/\d+/g) ?? []).reduce((before, count) => before + Number(count), 0);
          assert.equal(sum, total, label);
        },
        60,
      );
    },
    ...reading,
    ...finding,
    // The last one: nothing answers after it.
    "it ends cleanly on SIGTERM": async ({ child, ended }) => {
      child.kill("SIGTERM");
      assert.equal(await ended, 0);
    },
  },
});
