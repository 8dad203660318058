import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Browser } from "playwright-core";
import { checkSidebar } from "./sidebar.ts";

const root = path.join(import.meta.dirname, "../..");

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

/** Runs `npm start` as a user without a desktop VS Code does: secret address, findings of the examples, a live account in the sidebar, end on a signal. */
export async function checkStart(browser: Browser): Promise<void> {
  const child = spawn(process.execPath, [path.join(root, "scripts/start.ts"), "--web", "--no-open"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  try {
    const url = await address(child);
    assert.equal((await fetch(new URL("/", url))).status, 403, "nobody gets in without the token");
    const page = await browser.newPage({ viewport: { width: 1280, height: 1600 } });
    await page.goto(url);
    const problems = page.locator('[id="status.problems"] a');
    // Beside the planted ones: four functions that differ from the account, and one there that is switched off.
    const total = planted() + 5;
    assert.ok(total > 5);
    const deadline = Date.now() + 60_000;
    for (;;) {
      const label = (await problems.getAttribute("aria-label", { timeout: 60_000 })) ?? "";
      const sum = (label.match(/\d+/g) ?? []).reduce((before, count) => before + Number(count), 0);
      if (sum === total) break;
      if (Date.now() > deadline)
        assert.fail(`${total} problems are expected in the examples, the status bar says: ${label}`);
      await page.waitForTimeout(100);
    }
    await checkSidebar(page);
    await page.close();
  } finally {
    child.kill("SIGTERM");
  }
  assert.equal(await ended, 0, "it ends cleanly on SIGTERM");
}
