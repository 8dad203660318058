import { spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./cli.ts";

const main = join(root, "server/src/cli/main.ts");

/** Runs a program at a terminal of its own: what is typed arrives as keys, what it prints comes back. */
const bridge = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";

/** Why there is no terminal to test with; false when there is one. */
export const noTerminal =
  spawnSync("python3", ["-c", "import pty, os; os.waitstatus_to_exitcode"]).status !== 0 &&
  "python3 with its module pty is not installed";

/** Runs the command line at a terminal. `type` sees all that was printed so far, each time more comes, and gives the keys to press. */
export function runAtTerminal(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  type: (printed: string) => string | undefined,
): Promise<{ readonly code: number | null; readonly printed: string }> {
  const child = spawn("python3", ["-c", bridge, process.execPath, main, ...args], {
    cwd: root,
    env: { PATH: process.env.PATH, TERM: "xterm", ...env },
    stdio: ["pipe", "pipe", "inherit"],
    timeout: 30_000,
    killSignal: "SIGKILL",
  });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
    const keys = type(printed);
    if (keys !== undefined) child.stdin.write(keys);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, printed }));
  });
}

/** Gives the keys once, as soon as the text was printed. */
export function typeAt(text: string, keys: string): (printed: string) => string | undefined {
  let typed = false;
  return (printed) => {
    if (typed || !printed.includes(text)) return undefined;
    typed = true;
    return keys;
  };
}
