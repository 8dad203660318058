import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { deployFailures } from "#support/deployFailures.ts";
import { runInProcess } from "./inProcess.ts";

interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly related: readonly { readonly message: string }[];
  readonly data?: { readonly logicalId?: string };
}
interface Report {
  readonly pools: readonly { readonly verdict: string; readonly claimed: unknown }[];
  readonly findings: readonly Finding[];
}

const corpus = process.env.CORPUS_DIR;
const folder = corpus === undefined ? "" : join(corpus, "deploy-failures");
const cases = corpus === undefined ? [] : deployFailures();

async function check(
  templates: readonly string[],
  args: readonly string[],
): Promise<{ code: number | null; report: Report }> {
  const { code, stdout } = await runInProcess(["check", "--format", "json", ...args, ...templates], { cwd: folder });
  return { code, report: JSON.parse(stdout) };
}

if (corpus === undefined) test.skip("deploy failures of the corpus (CORPUS_DIR is not set)");

for (const { repo, issue, limit, floor, templates, functions } of cases.filter(
  ({ predicted }) => predicted === "yes",
)) {
  test(`corpus: the deployment failure ${repo}${issue} is predicted with limit ${limit}, floor ${floor} and each function`, async () => {
    const { code, report } = await check(templates, ["--limit", String(limit), "--floor", String(floor)]);
    assert.equal(code, 1);
    const found = report.findings.filter(({ rule }) => rule === "pool-overcommitted");
    assert.notEqual(found.length, 0);
    for (const { severity, message } of found) {
      assert.equal(severity, "error");
      assert.match(message, new RegExp(`\\b${limit}\\b.*\\b${floor}\\b.*floor`));
    }
    const named = found.flatMap(({ message, related, data }) => [
      message,
      data?.logicalId ?? "",
      ...related.map((other) => other.message),
    ]);
    for (const { logicalId, resolvedWithDefaults } of functions) {
      if (!resolvedWithDefaults) continue;
      assert.equal(
        named.some((text) => text.includes(logicalId ?? "?")),
        true,
        `${logicalId} is not named`,
      );
    }
  });
}

const others = cases.filter(({ predicted, templates }) => predicted !== "yes" && templates.length > 0);

for (const { repo, issue, limit, floor, templates } of others.filter((each) => each.limit !== null)) {
  test(`corpus: ${repo}${issue} is not called fitting, because something is out of sight`, async () => {
    const { report } = await check(templates, ["--limit", String(limit), "--floor", String(floor)]);
    assert.notEqual(report.pools.length, 0);
    for (const { verdict } of report.pools) assert.notEqual(verdict, "fits");
  });
}

for (const { repo, issue, templates } of others.filter((each) => each.limit === null)) {
  test(`corpus: ${repo}${issue} depends on the account, and check says that it does not know it`, async () => {
    const { stdout } = await runInProcess(["check", ...templates], { cwd: folder });
    assert.match(stdout, /what other stacks of the account reserve is not known\.$/m);
    assert.match(stdout, /assumed/);
  });
}
