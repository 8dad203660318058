import { fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { noAwsVariables } from "#client/noAwsVariables.ts";
import { root } from "./command.ts";

/** A demo account in a process of its own, which ends with this one. `args` are options of `lambda-concurrency demo`. */
export async function startDemoAccount(
  args: readonly string[] = [],
): Promise<{ readonly url: string; readonly stop: () => void }> {
  const child = fork(path.join(root, "dist/cli.js"), ["demo", "--port", "0", ...args], {
    stdio: ["ignore", "pipe", "inherit", "ipc"],
    env: { ...process.env, ...noAwsVariables() },
  });
  const [first] = await Promise.race([
    once(child.stdout ?? child, "data"),
    once(child, "exit").then(() => {
      throw new Error("The demo account did not start.");
    }),
  ]);
  return { url: String(first).trim(), stop: () => child.kill("SIGTERM") };
}

/** Settings of the machine that connect a window to a demo account as soon as it is open. */
export function connected(url: string): Readonly<Record<string, unknown>> {
  return { "lambdaConcurrency.connectAtStart": "demo", "lambdaConcurrency.demoAddress": url };
}
