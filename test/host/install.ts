import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const folder = import.meta.dirname;

/** Where the VS Code server of the npm package code-server is. */
export interface HostInstallation {
  /** VS Code's own entry point; code-server's does not pass the switches for tests on. */
  readonly serverMain: string;
  /** Version of VS Code. */
  readonly version: string;
}

/** Runs npm quietly in a folder; three attempts, for networks that stutter. */
async function npm(args: readonly string[], cwd: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const failure = await new Promise<string | undefined>((resolve) => {
      const child = spawn("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], {
        cwd,
        shell: process.platform === "win32",
        stdio: ["ignore", "ignore", "pipe"],
      });
      let errors = "";
      child.stderr.on("data", (data) => {
        errors += data;
      });
      child.on("error", ({ message }) => resolve(message));
      child.on("exit", (code) => resolve(code === 0 ? undefined : errors));
    });
    if (failure === undefined) return;
    if (attempt === 3) throw new Error(`npm ${args.join(" ")} failed three times in ${cwd}:\n${failure}`);
    console.log(`npm ${args[0]} failed, attempt ${attempt + 1} of 3 follows`);
  }
}

/** Installs the locked packages of a folder unless the last complete installation was from the same lock file. */
async function installOnce(packageFolder: string, what: string, complete: () => Promise<void>): Promise<void> {
  const stamp = path.join(packageFolder, "node_modules/.complete");
  const lock = readFileSync(path.join(packageFolder, "package-lock.json"), "utf8");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return;
  console.log(`Installing ${what} from npm`);
  await npm(["ci", "--ignore-scripts"], packageFolder);
  await complete();
  writeFileSync(stamp, lock);
}

/**
 * Installs a real VS Code from npm (about half a minute the first time): code-server without its install script, which
 * compiles what neither tests nor demo need, and the dependencies of the VS Code inside it.
 */
export async function installHost(): Promise<HostInstallation> {
  const host = path.join(folder, "vscode");
  const vscode = path.join(host, "node_modules/code-server/lib/vscode");
  await installOnce(host, "a VS Code (code-server)", async () => {
    await npm(["install", "--omit=dev", "--ignore-scripts"], vscode);
  });
  const { version } = JSON.parse(readFileSync(path.join(vscode, "package.json"), "utf8"));
  return { serverMain: path.join(vscode, "out/server-main.js"), version };
}

/** Installs the Chromium that comes inside an npm package; gives the package's entry point. */
export async function installChromium(): Promise<string> {
  const browser = path.join(folder, "browser");
  await installOnce(browser, "a browser (@sparticuz/chromium)", async () => undefined);
  return path.join(browser, "node_modules/@sparticuz/chromium/build/index.js");
}
