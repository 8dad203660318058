/// <reference lib="dom" />
import { poolViewState } from "#client/poolView/poolViewState.ts";
import type { ToView } from "#webview/poolMessages.ts";
import { liveRow, pool } from "../client/poolView/pools.ts";
import { launchChromium } from "../host/chromium.ts";
import { bundlePoolView, openPoolView } from "../support/poolViewPage.ts";
import { median } from "./process.ts";

const ROUNDS = 7;

/** Milliseconds from the data of the pools to the picture in Chromium: the first one, and one step of a what-if. */
export interface PoolViewCost {
  readonly ready: number;
  readonly step: number;
}

/** Draws a pool of so many functions and tries out reservations of the largest; medians of seven rounds after one that compiles. */
export async function measurePoolView(count: number): Promise<PoolViewCost> {
  const rows = Array.from({ length: count }, (_, i) => liveRow(`worker-${i}`, 1 + ((count - i) % 9)));
  const pools = [pool(rows, { limit: 10 * count + 100 })];
  const told = (whatIf: ReadonlyMap<string, number>) =>
    poolViewState({ pools, server: "running", account: { kind: "disconnected" }, chosen: undefined, whatIf });
  const [browser, bundle] = await Promise.all([launchChromium(), bundlePoolView()]);
  try {
    const ready: number[] = [];
    const step: number[] = [];
    for (let round = 0; round <= ROUNDS; round++) {
      const { page } = await openPoolView(browser, bundle);
      const draw = async (whatIf: ReadonlyMap<string, number>) => {
        const start = performance.now();
        const message = told(whatIf);
        const modelled = performance.now() - start;
        return modelled + (await page.evaluate(drawn, message));
      };
      const first = await draw(new Map());
      const steps = [];
      for (let value = 1; value <= 10; value++) steps.push(await draw(new Map([["shop/worker-0", value]])));
      if (round === 0) continue;
      ready.push(first);
      step.push(median(steps));
    }
    return { ready: median(ready), step: median(step) };
  } finally {
    await browser.close();
  }
}

/** Runs in the page: milliseconds until what the extension says is drawn and laid out. */
async function drawn(message: ToView): Promise<number> {
  await new Promise((resolve) => requestAnimationFrame(resolve));
  const start = performance.now();
  window.dispatchEvent(new MessageEvent("message", { data: message }));
  document.body.getBoundingClientRect();
  return performance.now() - start;
}
