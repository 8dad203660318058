import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import type { AccountWindow } from "../accountWindows.ts";
import { startCommand } from "../workbench.ts";
import { killBoth, names, restoreByMouse, seen, untilOff, untilRestored } from "./scene.ts";

const cli = path.join(import.meta.dirname, "../../../dist/cli.js");

/** The command line of another machine, which knows of kills by their tags alone. */
async function elsewhere({ folder, proxy }: AccountWindow, ...args: readonly string[]): Promise<void> {
  const state = path.join(folder, "elsewhere");
  await promisify(execFile)(process.execPath, [cli, ...args, "--yes", "--account", "123456789012"], {
    env: {
      ...process.env,
      XDG_STATE_HOME: state,
      LOCALAPPDATA: state,
      AWS_ENDPOINT_URL: proxy.url,
      AWS_REGION: "us-east-1",
      AWS_ACCESS_KEY_ID: "demo",
      AWS_SECRET_ACCESS_KEY: "demo",
    },
  });
}

/** A kill on one machine and its restore on another. */
export const acrossMachines = {
  "the command line of another machine restores what the editor killed": async (window: AccountWindow) => {
    const before = await seen(window, names);
    await killBoth(window);
    await untilOff(window, before);
    await elsewhere(window, "restore", ...names);
    await untilRestored(window, names, before);
  },

  "the editor restores what the command line of another machine killed": async (window: AccountWindow) => {
    const newsletter = ["blog-newsletter"];
    const before = await seen(window, newsletter);
    await elsewhere(window, "kill", "blog-newsletter", "--reason", "loops");
    const [killed] = await seen(window, newsletter);
    assert.equal(killed?.reserved, 0);
    await startCommand(window.page, "Lambda Concurrency: Refresh Kills");
    await restoreByMouse(window, "blog-newsletter");
    await untilRestored(window, newsletter, before);
  },
};
