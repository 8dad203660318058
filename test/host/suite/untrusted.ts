import assert from "node:assert/strict";
import * as vscode from "vscode";
import { expectFindings, expectServer, extension, open } from "./support.ts";

describe("a workspace that is not trusted", () => {
  it("is analysed like any other", async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    await open("orders/template.yaml");
    await expectServer("running");
    await expectFindings("orders/template.yaml", ["over-budget 16:37-16:40", "pool-overcommitted 20:37-20:56"]);
    await expectFindings("concurrency-budget.yaml", ["pool-overcommitted 4:8-4:12"]);
  });

  it("connects no account, whatever is asked", async () => {
    const connecting = ["connect", "openDemoAccount", "switchProfile", "switchRegion", "refresh"];
    const killing = [
      "throwLoad",
      "killSwitch",
      "restore",
      "restoreAll",
      "finishKill",
      "undoKill",
      "forgetKill",
      "refreshKills",
    ];
    for (const command of [...connecting, ...killing]) {
      await vscode.commands.executeCommand(`lambdaConcurrency.${command}`);
      assert.deepEqual(extension().exports.accountState(), { kind: "disconnected" }, command);
    }
  });
});
