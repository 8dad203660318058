import type { Browser, Page } from "playwright-core";
import { launchChromium } from "./chromium.ts";
import { windowContent } from "./windowContent.ts";

/** How many checks held and how many did not. */
export interface Outcome {
  readonly passed: number;
  readonly failed: number;
}

/** What one check works with; nothing of it was touched by another check. */
export interface Scene {
  readonly page: Page;
}

/** Started once for all checks of a group. */
export interface Started<S extends Scene> {
  /** Sets a new scene in a browser of its own; `close` ends what belongs to it alone. */
  open(browser: Browser): Promise<{ readonly scene: S; readonly close: () => Promise<void> }>;
  /** Waits until the scene is as every check expects it. */
  ready(scene: S): Promise<void>;
  stop(): Promise<void>;
}

/** Checks that drive VS Code from outside, with keyboard and mouse: dialogs cannot be answered from inside. */
export interface CheckGroup<S extends Scene> {
  start(): Promise<Started<S>>;
  /** By what each proves. Every one of them stands alone. */
  readonly checks: Readonly<Record<string, (scene: S) => Promise<void>>>;
}

/** Runs the checks of a group whose name contains `grep`. */
export type RunGroup = (grep: string) => Promise<Outcome>;

/** Makes a group of checks that can be run: each in a scene of its own and reported by itself, also after one that failed. */
export function checkGroup<S extends Scene>({ start, checks }: CheckGroup<S>): RunGroup {
  return async (grep) => {
    const chosen = Object.entries(checks).filter(([name]) => name.includes(grep));
    if (chosen.length === 0) return { passed: 0, failed: 0 };
    let started: Started<S> | undefined;
    let passed = 0;
    try {
      started = await start();
      for (const [name, check] of chosen) if (await holds(started, name, check)) passed++;
    } catch (error) {
      console.log(`  ✖ the start of all checks\n${text(error)}`);
    } finally {
      await started?.stop();
    }
    return { passed, failed: chosen.length - passed };
  };
}

/** Runs one check in a scene of its own and prints what came of it. */
async function holds<S extends Scene>(
  started: Started<S>,
  name: string,
  check: (scene: S) => Promise<void>,
): Promise<boolean> {
  const begin = performance.now();
  const browser = await launchChromium();
  let opened: Awaited<ReturnType<Started<S>["open"]>> | undefined;
  try {
    opened = await started.open(browser);
    await started.ready(opened.scene);
    await check(opened.scene);
    console.log(`  ✔ ${name} (${Math.round(performance.now() - begin)} ms)`);
    return true;
  } catch (error) {
    console.log(`  ✖ ${name}\n${text(error)}`);
    if (opened !== undefined) console.log(await windowContent(opened.scene.page, name));
    return false;
  } finally {
    await browser.close();
    await opened?.close();
  }
}

function text(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
