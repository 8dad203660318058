import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { DeleteFunctionConcurrencyCommand, GetFunctionConcurrencyCommand, LambdaClient } from "@aws-sdk/client-lambda";
import type { AccountWindow } from "../accountWindows.ts";
import { asked, pickFunction } from "../questions.ts";
import { until } from "../until.ts";
import { startCommand } from "../workbench.ts";

const names = ["blog-comments", "blog-newsletter", "blog-search", "blog-thumbnails"] as const;
type Reservation = number | undefined;

/** What a check of changes works with. */
export interface ChangeScene extends AccountWindow {
  /** Reservations of the four functions as another client reads them. */
  readonly live: () => Promise<readonly Reservation[]>;
  /** Takes a reservation away behind the editor's back, and has the editor read the account again. */
  readonly removeBehind: (name: string, shown: string) => Promise<void>;
}

/** Adds another client, and the check that must hold after each other one: every call that may have changed something is logged. */
export function logged(check: (scene: ChangeScene) => Promise<void>): (window: AccountWindow) => Promise<void> {
  return async (window) => {
    const { page, demo, proxy, state } = window;
    const client = new LambdaClient({
      endpoint: demo.url,
      region: "us-east-1",
      credentials: { accessKeyId: "AKIDEMO", secretAccessKey: "demo" },
    });
    try {
      await check({
        ...window,
        live: () => Promise.all(names.map(async (name) => await reservation(client, name))),
        async removeBehind(name, shown) {
          await client.send(new DeleteFunctionConcurrencyCommand({ FunctionName: name }));
          await startCommand(page, "Lambda Concurrency: Refresh Account");
          await showsClaimed(page, shown);
        },
      });
    } finally {
      client.destroy();
    }
    const file = path.join(state, "lambda-concurrency/audit.jsonl");
    // What was refused before its first call may have opened the log, and wrote nothing.
    const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : [];
    const called = proxy.writes.map((write) => write.split("/")[3]);
    // A call that got no answer is sent again, and is one change all the same.
    const once = (list: readonly unknown[]) => list.filter((name, index) => name !== list[index - 1]);
    assert.deepEqual(once(lines.map((line) => JSON.parse(line).function)), once(called), "every write is in the log");
  };
}

async function reservation(client: LambdaClient, name: string): Promise<Reservation> {
  const answer = await client.send(new GetFunctionConcurrencyCommand({ FunctionName: name }));
  return answer.ReservedConcurrentExecutions;
}

/** Waits until the account is like this. */
export async function untilLive({ live }: ChangeScene, wanted: readonly Reservation[]): Promise<void> {
  await until("the account has these reservations", async () => assert.deepEqual(await live(), wanted));
}

/** Waits until the status bar says how much is claimed. */
export async function showsClaimed(page: ChangeScene["page"], claimed: string): Promise<void> {
  await page.locator(`.statusbar-item[aria-label*="${claimed}"]`).waitFor();
}

/** Opens the input for a function's reservation from the palette. */
export async function askFor({ page }: ChangeScene, name: string): Promise<void> {
  await pickFunction(page, "Set Reservation", name);
  await asked(page, `Reservation of ${name}`);
}
