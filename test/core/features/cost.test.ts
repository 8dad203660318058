import assert from "node:assert/strict";
import { test } from "node:test";
import { MarkupContent } from "vscode-languageserver-types";
import { hover } from "#core";
import { type ShortSnapshot, snapshot } from "#support/snapshot.ts";
import { sceneAt } from "./scene.ts";

const template = `Transform: AWS::Serverless-2016-10-31
Parameters:
  Memory: { Type: Number, AllowedValues: [128, 1024] }
Globals:
  Function: { MemorySize: 1024, Architectures: [arm64] }
Resources:
  Api:
    Type: AWS::Serverless::Function
    Properties: { ReservedConcurrentExecutions: 100 }
  Worker:
    Type: AWS::Serverless::Function
    Properties: { ReservedConcurrentExecutions: 50, MemorySize: !Ref Memory, Architectures: [x86_64] }
  Warm:
    Type: AWS::Serverless::Function
    Properties:
      AutoPublishAlias: live
      ProvisionedConcurrencyConfig: { ProvisionedConcurrentExecutions: 10 }
  Plain:
    Type: AWS::Serverless::Function
`;

const budget = `pool: production
region: us-east-1
max-cost-per-hour: 20
stacks:
  - { template: template.yaml, name: shop }
reservations:
  shop/Api: { reserved: 100, owner: web-team, max-cost-per-hour: 5 }
  shop/Worker: { reserved: 50, owner: data-team }
  other: 10
kill-groups:
  all: [shop/*]
`;

/** The lines of a hover about money; \`|\` in the file is the cursor. */
function costAt(name: string, from: string, to: string, more: { text?: string; account?: ShortSnapshot } = {}): string {
  const files: Record<string, string> = { "template.yaml": template, "concurrency-budget.yaml": more.text ?? budget };
  assert.ok(files[name]?.includes(from));
  files[name] = (files[name] ?? "").replace(from, to);
  const options = more.account && { snapshots: [snapshot(more.account)], linkAll: true };
  const { context, uri, position } = sceneAt(files, options);
  const contents = hover(context, uri, position)?.contents;
  const lines = MarkupContent.is(contents) ? contents.value.split("\n") : [];
  return lines
    .filter((line) => /\$|Cost/.test(line))
    .join("\n")
    .replaceAll("\\", "")
    .trim();
}

const inTemplate = (from: string, to: string, more = {}) => costAt("template.yaml", from, to, more);
const inBudget = (from: string, to: string, more = {}) => costAt("concurrency-budget.yaml", from, to, more);

test("a reservation says what it can cost, from what, and what the budget allows", () => {
  assert.equal(
    inTemplate("Executions: 100", "Executions: 1|00"),
    "Can cost at most $4.80 an hour, $3,504.02 a month (100 × 1,024 MB, arm64; compute only, at list price of 2026-09-19). Requests at the rate cap: $0.72 an hour more. The budget allows $5.00 an hour.",
  );
});

test("memory that is not decided gives a range with its reason", () => {
  assert.equal(
    inTemplate("Executions: 50", "Executions: 5|0"),
    "Can cost $0.38 to $3.00 an hour, $273.75 to $2,190.00 a month (compute only, at list price of 2026-09-19), because parameter Memory has no default and no value is given. Requests at the rate cap: $0.36 an hour more.",
  );
});

test("provisioned concurrency costs while nothing runs; without it and without a reservation nothing is said", () => {
  assert.equal(inTemplate("Warm:", "Wa|rm:"), "Provisioned concurrency: $0.12 an hour more, also while nothing runs.");
  assert.equal(inTemplate("Plain:", "Pl|ain:"), "");
});

test("a Region without a known price says so, and without a Region nothing is said", () => {
  const elsewhere = { text: budget.replace("us-east-1", "eu-west-9") };
  assert.equal(
    inTemplate("Executions: 100", "Executions: 1|00", elsewhere),
    "Cost unknown: no list price of Region eu-west-9 is known. The budget allows $5.00 an hour.",
  );
  const nowhere = { text: budget.replace("region: us-east-1\n", "") };
  assert.equal(inTemplate("Executions: 100", "Executions: 1|00", nowhere), "");
});

test("a connected account says the Region where the budget does not", () => {
  const text = budget.replace("region: us-east-1\n", "");
  const account = { region: "eu-west-1", functions: {} };
  assert.match(
    inTemplate("Executions: 100", "Executions: 1|00", { text, account }),
    /^Can cost at most \$4\.80 an hour.*2024-11-22/,
  );
});

test("a budget says it of an entry, also of one that no template declares", () => {
  assert.equal(inBudget("shop/Api", "sho|p/Api"), inTemplate("Executions: 100", "Executions: 1|00"));
  assert.equal(
    inBudget("other:", "ot|her:"),
    "Can cost $0.06 to $6.00 an hour, $43.80 to $4,380.01 a month (compute only, at list price of 2026-09-19), because no template declares its memory. Requests at the rate cap: $0.0720 an hour more.".replace(
      "$0.06 ",
      "$0.0600 ",
    ),
  );
});

test("owners, kill groups and the pool say what their functions can cost together", () => {
  assert.equal(
    inBudget("owner: web-team", "own|er: web-team"),
    "Together they can cost at most $4.80 an hour, $3,504.02 a month (compute only, at list price of 2026-09-19). Requests at the rate cap: $0.72 an hour more.",
  );
  assert.equal(
    inBudget("  all:", "  a|ll:"),
    "Together they can cost $5.18 to $7.80 an hour, $3,777.77 to $5,694.02 a month (compute only, at list price of 2026-09-19), because parameter Memory has no default and no value is given. Requests at the rate cap: $1.08 an hour more. 2 functions without a reservation are not counted.",
  );
  assert.match(
    inBudget("max-cost-per-hour: 20", "max-|cost-per-hour: 20"),
    /^Together they can cost \$5\.24 to \$13\.80 an hour, .* 2 functions without a reservation are not counted\.$/,
  );
});
