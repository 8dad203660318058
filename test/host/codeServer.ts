import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { noAwsVariables } from "#client/noAwsVariables.ts";
import { installHost } from "./install.ts";

/** How a VS Code server is to be started. */
export interface HostOptions {
  /** Folder for its data, settings and extensions. */
  readonly data: string;
  /** User settings besides the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Settings of scope `machine`: VS Code reads them from a file of their own where it runs on another machine than its window. */
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  /** Secret that the URL must carry. Without it the switches for tests are on: no secret, test paths are honoured. */
  readonly token?: string;
  /** Workspace trust is asked for, as on a desktop. Default: every folder is trusted. */
  readonly trust?: boolean;
  /** Port to listen on; a free one unless given. */
  readonly port?: number;
  readonly env?: NodeJS.ProcessEnv;
}

/** A running VS Code server on this machine. */
export interface Host {
  readonly port: number;
  readonly version: string;
  /** What the server printed so far. */
  readonly log: () => string;
  /** Settles when the server has ended. */
  readonly ended: Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Settings without which a new VS Code greets, recommends and asks. */
export const quietSettings = {
  "chat.disableAIFeatures": true,
  // As on a desktop; in a browser VS Code saves after a second.
  "files.autoSave": "off",
  "extensions.ignoreRecommendations": true,
  "git.openRepositoryInParentFolders": "never",
  "remote.autoForwardPorts": false,
  "security.workspace.trust.startupPrompt": "never",
  "security.workspace.trust.banner": "never",
  "telemetry.telemetryLevel": "off",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "update.mode": "none",
};

/** A port that nothing listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

/** Command line switches that name the folders of a host. */
function folders(data: string): readonly string[] {
  return ["--server-data-dir", "server", "--user-data-dir", "user", "--extensions-dir", "extensions"].map((part) =>
    part.startsWith("--") ? part : path.join(data, part),
  );
}

/** Installs an extension (a VSIX file) into a host that does not run. */
export async function installExtension(vsix: string, data: string): Promise<void> {
  const { serverMain } = await installHost();
  const args = [serverMain, "--accept-server-license-terms", ...folders(data), "--install-extension", vsix, "--force"];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  const output = collect(child);
  const code = await new Promise((resolve) => child.on("exit", resolve));
  if (code !== 0) throw new Error(`VS Code did not install ${vsix}:\n${output()}`);
}

/** Starts VS Code's server and waits until it listens. */
export async function startHost(options: HostOptions): Promise<Host> {
  const { serverMain, version } = await installHost();
  const port = options.port ?? (await freePort());
  writeSettings(path.join(options.data, "user/User"), { ...quietSettings, ...options.settings });
  writeMachineSettings(options.data, options.machineSettings ?? {});
  const args = [
    serverMain,
    ...["--host", "127.0.0.1", "--port", String(port), "--accept-server-license-terms", "--telemetry-level", "off"],
    ...folders(options.data),
    ...(options.token === undefined
      ? ["--without-connection-token", "--enable-smoke-test-driver", "--reconnection-grace-time", "1"]
      : ["--connection-token", options.token]),
    ...(options.trust === true ? [] : ["--disable-workspace-trust"]),
  ];
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...noAwsVariables(), ...options.env },
  });
  const log = collect(child);
  const ended = new Promise<void>((resolve) => child.on("exit", () => resolve()));
  const stop = async () => {
    child.kill("SIGTERM");
    const killer = setTimeout(() => child.kill("SIGKILL"), 5000);
    await ended;
    clearTimeout(killer);
  };
  try {
    await listening(child, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, version, log, ended, stop };
}

/** Replaces the settings of scope `machine` of a host, for the windows that are opened from now on. */
export function writeMachineSettings(data: string, settings: Readonly<Record<string, unknown>>): void {
  writeSettings(path.join(data, "user/Machine"), settings);
}

function writeSettings(folder: string, settings: Readonly<Record<string, unknown>>): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "settings.json"), JSON.stringify(settings, null, 2));
}

/** Collects what a process prints. */
function collect(child: ChildProcess): () => string {
  let text = "";
  const add = (data: Buffer) => {
    text += data;
  };
  child.stdout?.on("data", add);
  child.stderr?.on("data", add);
  return () => text;
}

/** Waits until the server says that it listens. */
function listening(child: ChildProcess, log: () => string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`VS Code's server ${why}:\n${log()}`));
    const timer = setTimeout(() => fail("did not listen within 60 s"), 60_000);
    const look = () => {
      if (!/Extension host agent listening on/.test(log())) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout?.on("data", look);
    child.on("exit", () => {
      clearTimeout(timer);
      fail("ended at its start");
    });
    child.on("error", reject);
  });
}
