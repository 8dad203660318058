import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root, runCli } from "./cli.ts";
import { connected } from "./demoAccount.ts";

const main = join(root, "server/src/cli/main.ts");

/** Runs a program at a terminal of its own: what is typed arrives as keys, what it prints comes back. */
const bridge = "import os, pty, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))";

/** Why there is no terminal to test with; false when there is one. */
const noTerminal =
  spawnSync("python3", ["-c", "import pty, os; os.waitstatus_to_exitcode"]).status !== 0 &&
  "python3 with its module pty is not installed";

/** Runs the command line at a terminal. `type` sees all that was printed so far, each time more comes, and gives the keys to press. */
function runAtTerminal(
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
function typeAt(text: string, keys: string): (printed: string) => string | undefined {
  let typed = false;
  return (printed) => {
    if (typed || !printed.includes(text)) return undefined;
    typed = true;
    return keys;
  };
}

const CTRL_C = "\u0003";

test("Ctrl+C while an account is read prints what is known and ends with 130", { skip: noTerminal }, async (t) => {
  const { env } = await connected(t, { faults: [{ kind: "slow", action: "GetFunction", after: 1, ms: 600_000 }] });
  const { code, printed } = await runAtTerminal(["account"], env, typeAt("1 of 6 functions read", CTRL_C));
  assert.equal(code, 130);
  assert.match(printed, /6 functions: 1 reserved, 5 unknown\./);
});

test("an MFA device's code is asked for at a terminal, and Ctrl+C there ends with 130", {
  skip: noTerminal,
}, async (t) => {
  const { env, state } = await connected(t);
  const config = mfaConfig(state);
  const { code, printed } = await runAtTerminal(
    ["account", "--profile", "admin"],
    { ...env, AWS_CONFIG_FILE: config },
    typeAt("arn:aws:iam::123456789012:mfa/me: ", CTRL_C),
  );
  assert.equal(code, 130);
  assert.match(printed, /Code of the MFA device arn:aws:iam::123456789012:mfa\/me: /);
});

test("without a terminal an MFA profile ends with 3 and a sentence, with or without the keys that it starts from", async (t) => {
  const { env, state } = await connected(t);
  const config = mfaConfig(state);
  const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...keyless } = env;
  for (const given of [env, keyless]) {
    const finished = await runCli(["account", "--profile", "admin"], { env: { ...given, AWS_CONFIG_FILE: config } });
    assert.deepEqual([finished.code, finished.stdout], [3, ""]);
    assert.match(finished.stderr, /^lambda-concurrency: Profile admin asks for an MFA code, [^\n]*\n$/);
  }
});

/** A config file with a profile that asks for the code of an MFA device. */
function mfaConfig(folder: string): string {
  const config = join(folder, "../config");
  writeFileSync(
    config,
    `[profile admin]
role_arn = arn:aws:iam::123456789012:role/admin
mfa_serial = arn:aws:iam::123456789012:mfa/me
credential_source = Environment
`,
  );
  return config;
}
