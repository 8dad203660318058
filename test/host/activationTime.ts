/** How long VS Code takes to activate the extension, as its own view "Running Extensions" says: `node test/host/activationTime.ts`. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { launchChromium } from "./chromium.ts";
import { startHost } from "./codeServer.ts";
import { openWorkbench, runCommand } from "./workbench.ts";

const root = path.join(import.meta.dirname, "../..");

/** Milliseconds to load the built bundle (`dist/extension.cjs`) and to run `activate`, in a real VS Code with examples/ open. */
export async function activationTime(): Promise<number> {
  const data = mkdtempSync(path.join(tmpdir(), "lambda-concurrency-activation-"));
  const host = await startHost({ data });
  const browser = await launchChromium();
  try {
    const page = await openWorkbench({
      host,
      browser,
      folder: path.join(root, "examples"),
      extensionDevelopmentPath: root,
      openFile: path.join(root, "examples/concurrency-budget.yaml"),
    });
    // The pool's lens is drawn when everything runs.
    await page.locator(".codelens-decoration").first().waitFor();
    await runCommand(page, "Developer: Show Running Extensions");
    const row = page.locator(".runtime-extensions-editor .monaco-list-row", { hasText: "lambda-concurrency" });
    const text = await row.locator(".activation-time").innerText();
    const milliseconds = /(\d+)\s*ms/.exec(text)?.[1];
    if (milliseconds === undefined) throw new Error(`VS Code shows no activation time: ${text}`);
    return Number(milliseconds);
  } finally {
    await browser.close();
    await host.stop();
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}

if (import.meta.main) console.log(`Activation of the extension: ${await activationTime()} ms`);
