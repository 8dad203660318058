import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import type { TestContext } from "node:test";
import { CreateRoleCommand, IAMClient } from "@aws-sdk/client-iam";
import { CreateFunctionCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { clientConfig } from "../demo/clients.ts";

const installed = (process.env.PATH ?? "")
  .split(delimiter)
  .map((folder) => join(folder, "moto_server"))
  .find((path) => existsSync(path));

/** Why tests with the real emulator are skipped; false where it is installed. */
export const withoutMoto = installed === undefined && "moto_server is not installed";

/** Starts the emulator for one test and creates these functions; gives its address. */
export async function startMoto(t: TestContext, names: readonly string[]): Promise<string> {
  const child = spawn(installed ?? "moto_server", ["-p", "0"], { stdio: ["ignore", "ignore", "pipe"] });
  t.after(() => child.kill("SIGKILL"));
  const url = await address(createInterface(child.stderr));
  const trust = { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sts:AssumeRole" }] };
  const role = { RoleName: "role", AssumeRolePolicyDocument: JSON.stringify(trust) };
  const made = await new IAMClient(clientConfig(url)).send(new CreateRoleCommand(role));
  const lambda = new LambdaClient(clientConfig(url));
  for (const FunctionName of names) {
    const code = { Runtime: "nodejs22.x", Handler: "index.handler", Code: { ZipFile: emptyArchive } } as const;
    await lambda.send(new CreateFunctionCommand({ FunctionName, Role: made.Role?.Arn, ...code }));
  }
  return url;
}

/** A ZIP file without entries: its end record alone. */
const emptyArchive = Uint8Array.from([0x50, 0x4b, 5, 6, ...new Array<number>(18).fill(0)]);

async function address(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const url = /Running on (http:\S+)/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error("moto_server ended without an address.");
}
