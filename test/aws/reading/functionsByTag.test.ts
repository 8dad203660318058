import assert from "node:assert/strict";
import { test } from "node:test";
import { AccountError, functionsByTag } from "#aws";
import { sceneFor } from "./support.ts";

const account = {
  functions: [
    { name: "search", tags: { team: "shop" } },
    { name: "orders", tags: { team: "shop", tier: "1" } },
    { name: "mail", tags: { team: "news" } },
    { name: "plain" },
  ],
};

test("functions are found by a tag's key and value, or by its key alone", async (t) => {
  const { session } = await sceneFor(t, account);
  assert.deepEqual(await functionsByTag(session, { key: "team", value: "shop" }), ["orders", "search"]);
  assert.deepEqual(await functionsByTag(session, { key: "team" }), ["mail", "orders", "search"]);
  assert.deepEqual(await functionsByTag(session, { key: "team", value: "nobody" }), []);
});

test("where tags may not be read, the error names the permission", async (t) => {
  const { session, demo } = await sceneFor(t, account);
  demo.account.faults.replace([{ kind: "deny", action: "GetResources" }]);
  await assert.rejects(functionsByTag(session, { key: "team" }), (error) => {
    assert.ok(error instanceof AccountError);
    assert.deepEqual([error.kind, error.action], ["denied", "tag:GetResources"]);
    return true;
  });
});
