import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

const root = path.join(import.meta.dirname, "../..");
const page = readFileSync(path.join(root, "docs/account-access.md"), "utf8");

/** Names of the operations that the aws module sends. */
function operations(): readonly string[] {
  const folder = path.join(root, "server/src/aws");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  const names = files.flatMap((file) => {
    const text = readFileSync(path.join(folder, file), "utf8");
    return [...text.matchAll(/new ([A-Z]\w+)Command\(/g)].map(([, name]) => name ?? "");
  });
  return [...new Set(names)].sort();
}

/** Permissions that are not called as the operation is: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html */
const permissions: Readonly<Record<string, string>> = { Invoke: "InvokeFunction" };

test("each call to AWS is in the table of permissions or in a policy of the documentation", () => {
  const missing = operations().filter((name) => !new RegExp(`[a-z]:${permissions[name] ?? name}["\`]`).test(page));
  assert.deepEqual(missing, []);
});

test("the policies of the documentation are JSON with statements that allow", () => {
  const policies = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => JSON.parse(text ?? ""));
  assert.equal(policies.length, 2);
  for (const { Version, Statement } of policies) {
    assert.equal(Version, "2012-10-17");
    assert.deepEqual([...new Set(Statement.map(({ Effect }: { Effect: string }) => Effect))], ["Allow"]);
  }
});
