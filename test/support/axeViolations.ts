/// <reference lib="dom" />
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Frame, Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The rules of axe-core that a page breaks, each with the elements that break it; of a long table the first rows are looked at. */
export async function axeViolations(page: Page | Frame): Promise<readonly string[]> {
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
