import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";

/** The root of the repository. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

const main = join(root, "server/src/cli/main.ts");

/** What a finished process left behind. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where and how to run. */
export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Default: the Node that runs the tests. */
  readonly node?: string;
  /** Default: the sources. */
  readonly script?: string;
}

/** Runs the command line as a process. A run of more than 30 s counts as hanging and is killed (exit code null). */
export function runCli(args: readonly string[], options: RunOptions = {}): Promise<Finished> {
  const child = spawn(options.node ?? process.execPath, [options.script ?? main, ...args], {
    cwd: options.cwd ?? root,
    env: { PATH: process.env.PATH, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 30_000,
    killSignal: "SIGKILL",
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** A folder with these files (path → text), removed after the test. Its path has no symbolic link in it. */
export function folderOf(test: TestContext, files: Readonly<Record<string, string | Buffer>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "lambda-concurrency-cli-")));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return folder;
}

/** A template with one function per entry. */
export function samTemplate(reservations: Readonly<Record<string, string | number>>): string {
  const functions = Object.entries(reservations).map(
    ([id, value]) => `  ${id}:
    Type: AWS::Serverless::Function
    Properties:
      ReservedConcurrentExecutions: ${value}
`,
  );
  return `Transform: AWS::Serverless-2016-10-31\nResources:\n${functions.join("")}`;
}
