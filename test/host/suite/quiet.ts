import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as vscode from "vscode";
import { expectFindings, expectServer, extension, open, until } from "./support.ts";

/** One line of test/host/activitySpy.cjs. */
interface Activity {
  readonly process: string;
  readonly kind: "socket" | "lookup" | "process" | "file" | "environment";
  readonly what: string;
  readonly stack: string;
}

/** What the processes of this VS Code did so far. */
function activities(): readonly Activity[] {
  const log = process.env.ACTIVITY_LOG;
  assert.ok(log, "no activity is logged");
  return readFileSync(log, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** What our code did: all that the language server does, and in the extension host what is called from our bundles. */
function ours(): readonly Activity[] {
  return activities().filter(
    ({ process: name, stack }) =>
      name === "language server" || (name === "extension host" && /[\\/]dist[\\/](extension|aws)\.cjs/.test(stack)),
  );
}

/** Connections that leave the machine's processes: VS Code's own are files in a folder. */
function connections(): readonly Activity[] {
  return activities().filter(
    ({ process: name, kind, what }) =>
      ["extension host", "language server"].includes(name) &&
      ["socket", "lookup"].includes(kind) &&
      !what.includes("/"),
  );
}

describe("a VS Code with templates, before anybody asks for an account", () => {
  it("opens no connection, reads no credentials and starts nothing but the language server", async () => {
    await extension().activate();
    await open("orders/template.yaml");
    await expectServer("running");
    await expectFindings("orders/template.yaml", ["over-budget 16:37-16:40", "pool-overcommitted 20:37-20:56"]);
    await open("concurrency-budget.yaml");
    await expectFindings("concurrency-budget.yaml", ["pool-overcommitted 4:8-4:12"]);

    assert.deepEqual(
      connections().map(({ what }) => what),
      [],
    );
    assert.deepEqual(
      activities()
        .filter(({ kind }) => kind === "file")
        .map(({ what, stack }) => `${what}\n${stack}`),
      [],
    );
    const started = ours().filter(({ kind }) => kind === "process");
    assert.equal(started.length > 0, true, "the log sees what our code starts");
    assert.deepEqual(
      started.filter(({ what }) => !/dist[\\/]server\.cjs/.test(what)).map(({ what }) => what),
      [],
    );
  });

  it("keeps the keys in its environment from the language server", async () => {
    await extension().activate();
    await open("orders/template.yaml");
    await expectServer("running");
    const given = activities().filter(({ kind }) => kind === "environment");
    const of = (name: string) => new Set(given.filter((entry) => entry.process === name).map(({ what }) => what));
    assert.deepEqual(of("extension host"), new Set(["AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY"]));
    assert.deepEqual(of("language server"), new Set([""]));
  });

  it("is seen by the same log as soon as somebody does", async () => {
    await vscode.commands.executeCommand("lambdaConcurrency.openDemoAccount");
    await until(connections, (found) => assert.notEqual(found.length, 0));
    await until(ours, (found) =>
      assert.ok(found.some(({ kind, what }) => kind === "process" && /dist[\\/]cli\.js/.test(what))),
    );
    await vscode.commands.executeCommand("lambdaConcurrency.disconnect");
  });
});
