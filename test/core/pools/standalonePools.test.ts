import assert from "node:assert/strict";
import test from "node:test";
import { uriOf } from "#support/memoryFiles.ts";
import { analyse, onlyPool, template } from "./analyse.ts";

const names = (analysis: ReturnType<typeof analyse>) => analysis.pools.map(({ name }) => name);
const nesting = (url: string) =>
  `  Child:\n    Type: AWS::CloudFormation::Stack\n    Properties: { TemplateURL: ${url} }\n`;

test("a template that no budget lists is a pool of its own and says what it cannot know", () => {
  const pool = onlyPool(analyse({ "orders/template.yaml": template({ F: 350 }) }));
  assert.deepEqual(
    [pool.name, pool.account, pool.region, pool.limitSource, pool.ledger.verdict],
    ["orders/template.yaml", null, null, "assumed", "fits"],
  );
  assert.deepEqual(pool.assumptions, [
    "The limit of 1,000 is assumed.",
    "The floor of 100 is estimated.",
    "Only orders/template.yaml is counted: what other stacks of the account reserve is not known.",
  ]);
});

test("a template that a budget lists, or that one of its stacks nests, is no pool of its own", () => {
  const analysis = analyse({
    "concurrency-budget.yaml": "pool: main\nstacks: [{ template: a/t.yaml }]\n",
    "a/t.yaml": template({ F: 1 }) + nesting("../b/t.yaml"),
    "b/t.yaml": template({ G: 2 }),
    "c/t.yaml": template({ H: 3 }),
  });
  assert.deepEqual(names(analysis), ["main", "c/t.yaml"]);
});

test("a template that another one nests is no pool of its own", () => {
  const analysis = analyse({
    "child.yaml": template({ G: 2 }) + nesting("./grandchild.yaml"),
    "grandchild.yaml": template({ H: 3 }),
    "parent.yaml": template({ F: 1 }) + nesting("./child.yaml"),
  });
  assert.deepEqual(
    analysis.pools.map(({ name, ledger }) => [name, ledger.claimed]),
    [["w/parent.yaml", 6]],
  );
});

test("of templates that nest each other in a circle one stays", () => {
  const analysis = analyse({
    "a.yaml": template({ F: 1 }) + nesting("./b.yaml"),
    "b.yaml": template({ G: 2 }) + nesting("./a.yaml"),
  });
  assert.deepEqual(names(analysis), ["w/a.yaml"]);
  assert.equal(analysis.pools[0]?.ledger.verdict, "depends");
});

test("together sums all templates that no budget lists in one pool", () => {
  const files = { "a/t.yaml": template({ F: 450 }), "b/t.yaml": template({ G: 451 }) };
  const pool = onlyPool(analyse(files, { together: true, limit: 1000, floor: 100 }));
  assert.deepEqual(
    [pool.name, pool.ledger.claimed, pool.ledger.verdict, pool.claims.map(({ key }) => key)],
    ["together", 901, "over", ["a/F", "b/G"]],
  );
  assert.deepEqual(pool.assumptions, [
    "Only these 2 templates are counted: what other stacks of the account reserve is not known.",
  ]);
  assert.deepEqual(analyse({ "values.yaml": "a: 1" }, { together: true }).pools, []);
});

test("a standalone template takes parameters and stack name from its samconfig", () => {
  const pool = onlyPool(
    analyse(
      {
        "t.yaml": template(
          { F: "ReservedConcurrentExecutions: !Ref N" },
          "Parameters: { N: { Type: Number, Default: 1 } }\n",
        ),
        "samconfig.toml":
          'version = 0.1\n[prod.deploy.parameters]\nstack_name = "orders-prod"\nparameter_overrides = "N=3"\n',
      },
      { configEnv: "prod" },
    ),
  );
  assert.deepEqual(
    pool.stacks.map(({ name, environment }) => [name, environment]),
    [["orders-prod", "prod"]],
  );
  assert.equal(pool.ledger.claimed, 3);
});

test("files are reported with their kind and functions, and with the reason when they cannot be read", () => {
  const { files } = analyse({
    "b.concurrency-budget.yaml": "stacks: [{ template: listed.txt }, { template: nested.txt }]\n",
    "listed.txt": template({ F: 1, G: 2 }) + nesting("./nested.txt"),
    "nested.txt": `Transform: AWS::Serverless-2016-10-31\n${template({ H: 1 })}`,
    "values.yaml": "Resources: 1",
  });
  assert.deepEqual(files, [
    { uri: uriOf("b.concurrency-budget.yaml"), kind: "budget", functions: 0 },
    { uri: uriOf("listed.txt"), kind: "cloudformation", functions: 2 },
    { uri: uriOf("nested.txt"), kind: "sam", functions: 1 },
    { uri: uriOf("values.yaml"), kind: "other", functions: 0 },
  ]);
});
