import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AccountFile } from "#demo";

const cli = fileURLToPath(new URL("../../dist/cli.js", import.meta.url));

/** A demo account without traffic in a process of its own, as fast as Lambda: 100 GetFunction and 15 other calls per second. */
export async function startDemo(
  account: AccountFile,
): Promise<{ readonly url: string; readonly stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const file = join(folder, "account.json");
  writeFileSync(file, JSON.stringify(account));
  const child = fork(cli, ["demo", "--no-traffic", "--account", file], { stdio: ["ignore", "pipe", "inherit", "ipc"] });
  const [address] = await once(child.stdout ?? child, "data");
  const stop = async () => {
    child.kill("SIGTERM");
    await once(child, "exit");
    rmSync(folder, { recursive: true });
  };
  return { url: String(address).trim(), stop };
}

/** So many functions, some of which reserve. */
export function accountOf(functions: number, reserving: readonly string[] = []): AccountFile {
  return { functions: reserving.map((name) => ({ name, reserved: 10 })), more: functions - reserving.length };
}
