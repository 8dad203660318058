/**
 * Opens the example workspace in a real VS Code, connected to a demo account whose functions are busy: `npm start [-- --port N]
 * [-- --no-open] [-- --web]`. On a machine with the command `code` that is the desktop VS Code; else it is one from npm, in the
 * browser. Both have settings of their own; the account lives until this script is stopped.
 */
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { noAwsVariables } from "#client/noAwsVariables.ts";
import { installExtension, quietSettings, startHost } from "../test/host/codeServer.ts";
import { workbenchUrl } from "../test/host/workbench.ts";
import { root, runCommand, runNode } from "./command.ts";
import { connected, startDemoAccount } from "./demoAccount.ts";
import { packageExtension } from "./package.ts";

const help = `npm start -- [options]
Builds the extension, starts a demo account and opens examples/ in VS Code, connected to it.
Nothing of your own VS Code or AWS configuration is read or changed. Stop with Ctrl+C.

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

/** Settles when somebody asks this script to end. */
function asked(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
}

function explain(url: string): void {
  console.log(`
The demo account answers at ${url}. For a command line of yours beside the editor:
  export AWS_ENDPOINT_URL=${url} AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=demo AWS_SECRET_ACCESS_KEY=demo
  node dist/cli.js account

Stop with Ctrl+C.`);
}

/** The desktop's VS Code, with the extension out of this folder and a user of its own. */
async function startDesktop(): Promise<number> {
  if ((await runNode(["esbuild.mjs"])) !== 0) return 1;
  const demo = await startDemoAccount();
  const data = path.join(root, ".cache/start/desktop");
  mkdirSync(path.join(data, "User"), { recursive: true });
  const settings = { ...quietSettings, ...connected(demo.url) };
  writeFileSync(path.join(data, "User/settings.json"), JSON.stringify(settings, null, 2));
  const args = ["--new-window", "--disable-workspace-trust", `--user-data-dir=${data}`];
  const code = await runCommand("code", [...args, `--extensionDevelopmentPath=${root}`, examples], noAwsVariables());
  explain(demo.url);
  if (code === 0) await asked();
  demo.stop();
  return code;
}

/** A VS Code from npm, with the extension installed from its VSIX as users get it. Serves until a signal stops it. */
async function startWeb(options: { readonly port?: number; readonly open: boolean }): Promise<number> {
  const data = path.join(root, ".cache/start");
  mkdirSync(data, { recursive: true });
  rmSync(path.join(data, "extensions"), { recursive: true, force: true });
  await installExtension(await packageExtension(), data);
  // Not base64: a token that begins with a dash would be read as an option.
  const token = randomBytes(24).toString("hex");
  const port = options.port === undefined ? {} : { port: options.port };
  const demo = await startDemoAccount();
  const host = await startHost({ data, token, machineSettings: connected(demo.url), ...port });
  const stopped = asked();
  const url = workbenchUrl({ host, token, folder: examples });
  console.log(`\nVS Code ${host.version} with Lambda Concurrency and the folder ${examples}:\n${url}`);
  explain(demo.url);
  if (options.open) openBrowser(url);
  const ended = await Promise.race([stopped.then(() => false), host.ended.then(() => true)]);
  await host.stop();
  demo.stop();
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
