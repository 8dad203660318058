import assert from "node:assert/strict";
import * as vscode from "vscode";
import { expectFindings, expectServer, open } from "./support.ts";

describe("a workspace that is not trusted", () => {
  it("is analysed like any other", async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    await open("orders/template.yaml");
    await expectServer("running");
    await expectFindings("orders/template.yaml", ["over-budget 16:37-16:40", "pool-overcommitted 20:37-20:56"]);
    await expectFindings("concurrency-budget.yaml", ["pool-overcommitted 4:8-4:12"]);
  });
});
