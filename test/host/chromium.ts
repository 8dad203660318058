import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";
import { installChromium } from "./install.ts";

/** A browser's program and the switches it needs where it comes from. */
interface Candidate {
  readonly program: string;
  readonly args: readonly string[];
}

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];
const wellKnown: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  win32: [
    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
  ],
};

const switches = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A browser of the machine. */
function ofTheMachine(): Candidate | undefined {
  const chosen = process.env.CHROMIUM_PATH;
  const onPath = (process.env.PATH ?? "")
    .split(path.delimiter)
    .flatMap((folder) => names.map((name) => path.join(folder, name)));
  const programs = [...(chosen === undefined ? [] : [chosen]), ...onPath, ...(wellKnown[process.platform] ?? [])];
  const program = programs.find((file) => existsSync(file));
  return program === undefined ? undefined : { program, args: [] };
}

/** The Chromium inside an npm package, which is for Linux on x64. */
async function ofThePackage(): Promise<Candidate | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const { default: packed } = await import(pathToFileURL(await installChromium()).href);
  return { program: await packed.executablePath(), args: packed.args };
}

/** Debian's Chromium with the libraries it needs, where we may install it. */
function ofTheDistribution(): Candidate | undefined {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return undefined;
  console.log("Installing a browser with apt-get (chromium)");
  for (const args of [["update"], ["install", "--yes", "--no-install-recommends", "chromium"]]) {
    const { status } = spawnSync("apt-get", args, {
      stdio: "ignore",
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
    if (status !== 0) return undefined;
  }
  return ofTheMachine();
}

/**
 * Starts a headless Chromium: the machine's, else the one inside an npm package, else (as root on Debian) the
 * distribution's. `HOST_BROWSER=npm` skips the machine's.
 */
export async function launchChromium(): Promise<Browser> {
  const machine = process.env.HOST_BROWSER === "npm" ? () => undefined : ofTheMachine;
  const failures: string[] = [];
  for (const find of [machine, ofThePackage, ofTheDistribution]) {
    try {
      const candidate = await find();
      if (candidate === undefined) continue;
      const { program, args } = candidate;
      return await chromium.launch({ executablePath: program, args: [...switches, ...args] });
    } catch (error) {
      failures.push(String(error));
    }
  }
  throw new Error(
    ["No browser could be started. Install Chromium or Chrome, or set CHROMIUM_PATH to one.", ...failures].join("\n"),
  );
}
