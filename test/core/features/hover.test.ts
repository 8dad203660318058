import assert from "node:assert/strict";
import { test } from "node:test";
import { MarkupContent } from "vscode-languageserver-types";
import { hover } from "#core";
import { budgetName, sampleWith, templateName } from "./sample.ts";
import { sceneAt } from "./scene.ts";

const bar = "`███████████████░░░░░ 750 of 1,000 claimed · 100 floor` 150 left · fits";

const costOfIngest =
  "Can cost at most \\$2.25 an hour, \\$1,642.50 a month (300 × 128 MB, x86\\_64; compute only, at list price of 2026-09-19). Requests at the rate cap: \\$2.16 an hour more.";

function hoverAt(files: Readonly<Record<string, string>>): string | undefined {
  const { context, uri, position } = sceneAt(files);
  const contents = hover(context, uri, position)?.contents;
  return MarkupContent.is(contents) ? contents.value : undefined;
}

const inTemplate = (from: string, to: string) => hoverAt(sampleWith(templateName, from, to));
const inBudget = (from: string, to: string) => hoverAt(sampleWith(budgetName, from, to));

test("an intrinsic shows its value, every step it comes from, the pool, the largest and the grant", () => {
  assert.equal(
    inTemplate("!If [IsProd", "!If [Is|Prod"),
    [
      "`Ingest`: reserved **300** from condition IsProd (true) ← parameter Stage (parameters in concurrency-budget.yaml) ← parameter N (Default) — at most 3,000 requests per second (10 × 300)",
      "",
      "pool **production**, stack `orders-prod`  ",
      `${bar}  `,
      "Max 450 here: at most 4,500 requests per second (10 × 450)  ",
      "Budget entry `orders-prod/Ingest` grants 300 (RDS proxy allows 300; owner data-team)  ",
      costOfIngest,
    ].join("\n"),
  );
});

test("the key of a number shows what the number shows", () => {
  const onKey = inTemplate("Executions: 400", "Exec|utions: 400");
  assert.equal(onKey, inTemplate("Executions: 400", "Executions: 4|00"));
  assert.match(onKey ?? "", /^`Other`: reserved \*\*400\*\* — at most 4,000 requests per second/);
});

test("a logical id shows the number inherited from Globals", () => {
  assert.match(inTemplate("Third:", "Th|ird:") ?? "", /^`Third`: reserved \*\*50\*\* from Globals\.Function — /);
});

test("a function without reservation says so", () => {
  const text = hoverAt({ "template.yaml": "Resources:\n  F|n:\n    Type: AWS::Lambda::Function\n" });
  assert.match(text ?? "", /^`Fn`: \*\*no reservation\*\*\n\npool \*\*.*an assumed 1,000 claimed/s);
});

test("a Globals value shows how often it counts", () => {
  assert.equal(
    inTemplate("Executions: 50", "Execut|ions: 50"),
    `Globals: counts once for each function that inherits it.\n\nPool **production**: 1 function × **50**, together 50 claimed  \n${bar}`,
  );
});

test("a parameter shows the numbers it feeds", () => {
  assert.equal(
    inTemplate("N: {", "|N: {"),
    "`N` feeds 1 concurrency number.\n\n- `Ingest` in pool **production**, stack `orders-prod`: reserved **300**\n\n**production**\n\n".concat(
      bar,
    ),
  );
  assert.match(inTemplate("Stage: {", "|Stage: {") ?? "", /^`Stage` feeds 1 concurrency number/);
});

test("what has nothing to do with concurrency shows nothing", () => {
  assert.equal(inTemplate("Type: AWS", "Ty|pe: AWS"), undefined);
  assert.equal(inTemplate("FunctionName: thumbnails", "FunctionName: thumb|nails"), undefined);
});

test("a template in two environments shows both", () => {
  const stacks = "stacks:\n  - { template: orders/template.yaml, name: dev, parameters: { Stage: dev } }";
  const text = hoverAt({
    ...sampleWith(templateName, "!If [IsProd", "!If [Is|Prod"),
    [budgetName]: sampleWith(budgetName, "stacks:", stacks)[budgetName] ?? "",
  });
  assert.match(
    text ?? "",
    /`Ingest`: reserved \*\*5\*\*.*stack `dev`.*`Ingest`: reserved \*\*300\*\*.*stack `orders-prod`/s,
  );
});

test("a number that is the same in two pools is said once, above both", () => {
  const budget = ["blue", "green"].map((pool) => `pool: ${pool}\nstacks:\n  - { template: t.yaml, name: ${pool} }\n`);
  const text = hoverAt({
    "t.yaml": "Resources:\n  Fn: { Type: AWS::Lambda::Function, Properties: { ReservedConcurrentExecutions: 50| } }\n",
    "concurrency-budget.yaml": budget.join("---\n"),
  });
  assert.equal(text?.match(/`Fn`: reserved \*\*50\*\*/g)?.length, 1);
  assert.match(text ?? "", /^`Fn`: reserved \*\*50\*\*.*pool \*\*blue\*\*.*pool \*\*green\*\*/s);
});

test("an unknown number shows why, its bounds, and both cases of the pool", () => {
  const text = hoverAt({
    "template.yaml":
      "Parameters:\n  N: { Type: Number, AllowedValues: [10, 950] }\nResources:\n  Fn:\n    Type: AWS::Lambda::Function\n    Properties:\n      ReservedConcurrentExecutions: !Ref |N\n",
  });
  assert.match(text ?? "", /reserved \*\*10 · 950\*\*.*, because /);
  assert.match(text ?? "", /cannot tell: 50 too many at worst, 890 left at best/);
});

test("no room is said as such", () => {
  const text = hoverAt({
    "t.yaml":
      "Resources:\n  A: { Type: AWS::Lambda::Function, Properties: { ReservedConcurrentExecutions: 900 } }\n  B: { Type: AWS::Lambda::Function, Properties: { ReservedConcurrentExecutions: 0| } }\n",
  });
  assert.match(text ?? "", /^Max 0 here: no positive reservation fits/m);
});

test("what stands between the entries of a budget's section shows nothing", () => {
  assert.equal(inBudget("  thumbnails", " | thumbnails"), undefined);
  assert.equal(inBudget("- template", "|- template"), undefined);
});

test("a budget entry shows what it grants, why, and what takes it", () => {
  assert.equal(
    inBudget("orders-prod/Ingest:", "orders-|prod/Ingest:"),
    [
      "`orders-prod/Ingest` may reserve **300**, at most 3,000 requests per second (10 × 300).",
      "Reason: RDS proxy allows 300",
      "Owner: data-team",
      "Taken by 1 function:",
      "- `orders-prod/Ingest`: reserved 300 in `orders/template.yaml`",
      costOfIngest,
      bar,
    ].join("\n\n"),
  );
});

test("a key of the format shows its description, and the pool's numbers where they help", () => {
  assert.match(inBudget("limit:", "lim|it:") ?? "", /^\*\*limit\*\*\n\nConcurrent executions.*Limit 1,000, given\.$/s);
  assert.match(inBudget("reason:", "rea|son:") ?? "", /^\*\*reason\*\*\n\nWhy it is this number/);
  assert.match(inBudget("template: ord", "temp|late: ord") ?? "", /^\*\*template\*\*\n\n/);
});

test("a stack entry and a pattern show the functions behind them", () => {
  assert.equal(inBudget("template: ord", "template: o|rd"), `- \`orders-prod\`: 3 functions\n\n${bar}`);
  assert.match(
    inBudget("[orders-prod/*", "[orders|-prod/*") ?? "",
    /^`orders-prod\/\*`: 3 functions:\n\n- `orders-prod\/Ingest`: reserved 300/,
  );
});

test("a parameter of a stack entry shows the numbers it feeds", () => {
  assert.match(
    inBudget("Stage: prod", "Stage: pr|od") ?? "",
    /^`Stage` feeds 1 concurrency number\.\n\n- `Ingest` in pool \*\*production\*\*, stack `orders-prod`: reserved \*\*300\*\*/,
  );
});

test("provisioned concurrency without a reservation is what the pool counts", () => {
  const text = hoverAt({
    "t.yaml":
      "Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      AutoPublishAlias: live\n      ProvisionedConcurrencyConfig:\n        ProvisionedConcurrent|Executions: 20\n",
  });
  assert.match(text ?? "", /^`F`: provisioned \(`live`\) \*\*20\*\*\n\npool .* 20 of an assumed 1,000 claimed/s);
});

test("what the verdict rests on is said beside it", () => {
  const text = hoverAt({
    "t.yaml":
      "Resources:\n  F:\n    Type: AWS::Lambda::Function\n    Properties:\n      ReservedConcurrentExecutions: |5\n",
  });
  assert.match(text ?? "", /The limit of 1,?000 is assumed\. The floor of 100 is estimated\. Only .* is counted/);
});

test("a function that may not exist says which condition decides", () => {
  const text = hoverAt({
    "t.yaml":
      "Parameters:\n  P: { Type: String }\nConditions:\n  C: !Equals [!Ref P, a]\nResources:\n  F:\n    Type: AWS::Lambda::Function\n    Condition: C\n    Properties:\n      ReservedConcurrentExecutions: |5\n",
  });
  assert.match(text ?? "", /only if condition `C` holds, which is not decided/);
});

test("a Globals value that every function overrides says that nobody inherits it", () => {
  const text = hoverAt({
    "t.yaml":
      "Transform: AWS::Serverless-2016-10-31\nGlobals:\n  Function:\n    ReservedConcurrentExecutions: |5\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      ReservedConcurrentExecutions: 6\n",
  });
  assert.equal(text, "Globals: no function inherits this number.");
});

test("names cannot break out of the text", () => {
  const text = hoverAt({
    [budgetName]:
      'reservations:\n  "a`b<img src=x>|": { reserved: 5, reason: "see [here](command:evil) <script> **x**" }\n',
  });
  assert.match(text ?? "", /^`` a`b<img src=x> `` may reserve \*\*5\*\*/);
  assert.match(text ?? "", /Reason: see \\\[here\\\]\(command:evil\) \\<script\\> \\\*\\\*x\\\*\\\*/);
});

test("a function on Managed Instances says that it takes nothing from the pool", () => {
  const text = hoverAt({
    "t.yaml":
      "Resources:\n  F|n:\n    Type: AWS::Lambda::Function\n    Properties:\n      CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: a } }\n",
  });
  assert.match(text ?? "", /^`Fn` in stack `[^`]+` takes nothing from the pool: ./);
});

test("a function of a nested stack shows the pool of its parent", () => {
  const text = hoverAt({
    "parent.yaml":
      "Transform: AWS::Serverless-2016-10-31\nResources:\n  Child:\n    Type: AWS::Serverless::Application\n    Properties:\n      Location: ./child.yaml\n      Parameters: { N: 7 }\n",
    "child.yaml":
      "Parameters:\n  N: { Type: Number }\nResources:\n  Fn:\n    Type: AWS::Lambda::Function\n    Properties:\n      ReservedConcurrentExecutions: !Ref |N\n",
  });
  assert.match(text ?? "", /^`Fn`: reserved \*\*7\*\* from parameter N \(parameters of Child\)/);
});

test("a logical id with backticks becomes neither link nor picture", () => {
  const id = "a``![p](https://x.test/p.png)``b";
  const text = hoverAt({ "template.yaml": `Resources:\n  "|${id}":\n    Type: AWS::Lambda::Function\n` });
  assert.equal(text?.split("\n")[0], `\`\`\` ${id} \`\`\`: **no reservation**`);
});

test("hover on downstreams says that they are not checked yet", () => {
  const files = { [budgetName]: "pool: p\nlimit: 1000\ndown|streams:\n  db: { capacity: 4, functions: [a] }\n" };
  assert.match(hoverAt(files) ?? "", /Not checked yet: no reservation is compared with a capacity\./);
});
