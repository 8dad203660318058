import { cpSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type DemoOptions, type DemoServer, startDemo } from "#demo";
import type { Scene, Started } from "./checkGroup.ts";
import { startHost, writeMachineSettings } from "./codeServer.ts";
import { type CountingProxy, startCountingProxy } from "./countingProxy.ts";
import { openWorkbench } from "./workbench.ts";

const root = path.join(import.meta.dirname, "../..");

/** A window with a copy of examples/, connected to a demo account that nobody changed yet. */
export interface AccountWindow extends Scene {
  readonly demo: DemoServer;
  /** What the window reaches the account through. */
  readonly proxy: CountingProxy;
  /** Folder of the extension's journals and log, empty at first. */
  readonly state: string;
  /** A folder for what else a check needs. */
  readonly folder: string;
}

/** Starts one VS Code; each window has an account, a workspace and a state of its own. */
export async function startAccountWindows(options: DemoOptions): Promise<Started<AccountWindow>> {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "lc-"));
  const data = path.join(folder, "data");
  const state = path.join(folder, "state");
  const host = await startHost({ data, env: { XDG_STATE_HOME: state, LOCALAPPDATA: state } });
  let windows = 0;
  return {
    async open(browser) {
      const own = path.join(folder, String(++windows));
      const workspace = path.join(own, "examples");
      cpSync(path.join(root, "examples"), workspace, { recursive: true });
      rmSync(state, { recursive: true, force: true });
      const demo = await startDemo(options);
      const proxy = await startCountingProxy(demo.url);
      const close = async () => {
        await proxy.close();
        await demo.close();
      };
      try {
        writeMachineSettings(data, {
          "lambdaConcurrency.connectAtStart": "demo",
          "lambdaConcurrency.demoAddress": proxy.url,
        });
        const page = await openWorkbench({ host, browser, folder: workspace, extensionDevelopmentPath: root });
        return { scene: { page, demo, proxy, state, folder: own }, close };
      } catch (error) {
        await close();
        throw error;
      }
    },
    ready: async ({ page }) => {
      await page.locator('.statusbar-item[aria-label*="600 of 1,000"]').waitFor({ timeout: 60_000 });
    },
    async stop() {
      await host.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
