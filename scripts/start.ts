/**
 * Opens the example workspace in a real VS Code: `npm start [-- --port N] [-- --no-open] [-- --web]`. On a machine with the
 * command `code` that is the desktop VS Code; else it is one from npm, in the browser, which this script serves until it is stopped.
 */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { installExtension, startHost } from "../test/host/codeServer.ts";
import { workbenchUrl } from "../test/host/workbench.ts";
import { root, runCommand, runNode } from "./command.ts";
import { packageExtension } from "./package.ts";

const help = `npm start -- [options]
Builds the extension and opens examples/ in VS Code.

  --web        the VS Code from npm, in the browser, also when the command \`code\` is there
  --port N     port for the browser version (default: a free one)
  --no-open    do not open a browser, only print the address
  --help       this text`;

const examples = path.join(root, "examples");

function hasCode(): boolean {
  return spawnSync("code", ["--version"], { stdio: "ignore", shell: process.platform === "win32" }).status === 0;
}

/** Opens the address in the user's browser, where there is one. */
function openBrowser(url: string): void {
  const programs: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
    darwin: ["open"],
    win32: ["cmd", "/c", "start", ""],
  };
  const [program, ...args] = programs[process.platform] ?? ["xdg-open"];
  spawnSync(program, [...args, url], { stdio: "ignore", timeout: 5000 });
}

/** The desktop's VS Code, with the extension out of this folder. */
async function startDesktop(): Promise<number> {
  if ((await runNode(["esbuild.mjs"])) !== 0) return 1;
  return runCommand("code", ["--new-window", `--extensionDevelopmentPath=${root}`, examples]);
}

/** A VS Code from npm, with the extension installed from its VSIX as users get it. Serves until a signal stops it. */
async function startWeb(options: { readonly port?: number; readonly open: boolean }): Promise<number> {
  const data = path.join(root, ".cache/start");
  mkdirSync(data, { recursive: true });
  rmSync(path.join(data, "extensions"), { recursive: true, force: true });
  await installExtension(await packageExtension(), data);
  const token = randomBytes(24).toString("base64url");
  const port = options.port === undefined ? {} : { port: options.port };
  const host = await startHost({ data, token, trust: true, ...port });
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
  });
  const url = workbenchUrl({ host, token, folder: examples });
  console.log(
    `\nVS Code ${host.version} with Lambda Concurrency and the folder ${examples}:\n${url}\n\nStop with Ctrl+C.`,
  );
  if (options.open) openBrowser(url);
  const ended = await Promise.race([stopped.then(() => false), host.ended.then(() => true)]);
  await host.stop();
  if (ended) console.error(host.log());
  return ended ? 1 : 0;
}

/** The port to listen on, or undefined for a free one. */
function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`--port ${text}: give a number from 1 to 65535.`);
  return port;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      web: { type: "boolean" },
      port: { type: "string" },
      "no-open": { type: "boolean" },
      help: { type: "boolean" },
    },
  });
  if (values.help) {
    console.log(help);
    return 0;
  }
  const port = readPort(values.port);
  if (!values.web && port === undefined && hasCode()) return startDesktop();
  return startWeb({
    open: values["no-open"] !== true && process.env.CI === undefined,
    ...(port !== undefined && { port }),
  });
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  return 1;
});
