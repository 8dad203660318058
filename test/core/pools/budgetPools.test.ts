import assert from "node:assert/strict";
import test from "node:test";
import { uriOf } from "#support/memoryFiles.ts";
import { analyse, onlyPool, template } from "./analyse.ts";

const claims = (pool: { claims: readonly { key: string; instances: number; claim: { min: number } }[] }) =>
  pool.claims.map(({ key, instances, claim }) => [key, claim.min, instances]);

test("a budget's stack is found by its path, relative to the budget, and called like its folder", () => {
  const pool = onlyPool(
    analyse({
      "env/concurrency-budget.yaml":
        "pool: production\nlimit: 500\nfloor: 50\nstacks:\n  - template: ../orders/template.yaml\n",
      "orders/template.yaml": template({ Ingest: 350 }),
    }),
  );
  assert.deepEqual(
    [pool.name, pool.limit, pool.limitSource, pool.floor, pool.floorSource],
    ["production", 500, "given", 50, "configured"],
  );
  assert.deepEqual(claims(pool), [["orders/Ingest", 350, 1]]);
  assert.equal(pool.ledger.verdict, "fits");
  assert.deepEqual(pool.assumptions, []);
});

test("a glob finds every template and nothing else, and leaves out those that another one nests", () => {
  const pool = onlyPool(
    analyse({
      "concurrency-budget.yaml": "stacks:\n  - template: services/**/*.yaml\n",
      "services/a/template.yaml":
        template({ A: 1 }) +
        "  Child:\n    Type: AWS::CloudFormation::Stack\n    Properties: { TemplateURL: ./child.yaml }\n",
      "services/a/child.yaml": template({ Inner: 2 }),
      "services/b/template.yaml": template({ B: 3 }),
      "services/b/values.yaml": "Resources: none",
    }),
  );
  assert.deepEqual(claims(pool), [
    ["a/A", 1, 1],
    ["a/Child/Inner", 2, 1],
    ["b/B", 3, 1],
  ]);
});

test("a name wins over samconfig's stack_name, which wins over the folder", () => {
  const samconfig = 'version = 0.1\n[default.deploy.parameters]\nstack_name = "orders-dev"\n';
  const files = { "orders/template.yaml": template({ F: 1 }), "orders/samconfig.toml": samconfig };
  const budget = "stacks:\n  - template: orders/template.yaml\n";
  assert.deepEqual(claims(onlyPool(analyse({ ...files, "concurrency-budget.yaml": budget }))), [
    ["orders-dev/F", 1, 1],
  ]);
  const named = `${budget}    name: orders-prod\n`;
  assert.deepEqual(claims(onlyPool(analyse({ ...files, "concurrency-budget.yaml": named }))), [
    ["orders-prod/F", 1, 1],
  ]);
});

test("copies count once each: a glob with instances, a list of names, a list with a glob", () => {
  const pool = (name: string) =>
    onlyPool(
      analyse({
        "concurrency-budget.yaml": `stacks:\n  - template: t.yaml\n    ${name}\n`,
        "t.yaml": template({ F: 100 }),
      }),
    );
  assert.deepEqual(claims(pool('name: "dev*"\n    instances: 4')), [["dev*/F", 100, 4]]);
  assert.equal(pool('name: "dev*"\n    instances: 4').ledger.claimed, 400);
  assert.deepEqual(claims(pool("name: [dev1, dev2]")), [
    ["dev1/F", 100, 1],
    ["dev2/F", 100, 1],
  ]);
  assert.deepEqual(claims(pool('name: [prod, "dev*"]\n    instances: 4')), [
    ["prod/F", 100, 1],
    ["dev*/F", 100, 3],
  ]);
});

test("one template under other parameters is another stack", () => {
  const head = "Parameters: { N: { Type: Number, Default: 5 } }\n";
  const pool = onlyPool(
    analyse({
      "concurrency-budget.yaml":
        "stacks:\n  - { template: t.yaml, name: prod, parameters: { N: 70 } }\n  - { template: t.yaml, name: dev }\n",
      "t.yaml": template({ F: "ReservedConcurrentExecutions: !Ref N" }, head),
    }),
  );
  assert.deepEqual(claims(pool), [
    ["prod/F", 70, 1],
    ["dev/F", 5, 1],
  ]);
});

test("parameters: Default < samconfig < the stack's parameters < --parameter", () => {
  const head = "Parameters: { N: { Type: Number, Default: 1 } }\n";
  const files = {
    "t.yaml": template({ F: "ReservedConcurrentExecutions: !Ref N" }, head),
    "concurrency-budget.yaml": "stacks:\n  - template: t.yaml\n",
  };
  const samconfig =
    'version = 0.1\n[default.deploy.parameters]\nparameter_overrides = "N=2"\n[prod.deploy.parameters]\nparameter_overrides = "N=3"\n';
  const claimed = (more: Record<string, string>, options = {}) =>
    onlyPool(analyse({ ...files, ...more }, options)).ledger.claimed;
  assert.equal(claimed({}), 1);
  assert.equal(claimed({ "samconfig.toml": samconfig }), 2);
  assert.equal(claimed({ "samconfig.toml": samconfig }, { configEnv: "prod" }), 3);
  const named = "stacks:\n  - { template: t.yaml, config: prod }\n";
  assert.equal(claimed({ "samconfig.toml": samconfig, "concurrency-budget.yaml": named }), 3);
  assert.equal(
    claimed({ "samconfig.toml": samconfig, "concurrency-budget.yaml": named }, { configEnv: "default" }),
    3,
    "--config-env is for stacks that name no environment",
  );
  const own = "stacks:\n  - { template: t.yaml, config: prod, parameters: { N: 4 } }\n";
  assert.equal(claimed({ "samconfig.toml": samconfig, "concurrency-budget.yaml": own }), 4);
  const parameters = new Map([["N", "5"]]);
  assert.equal(claimed({ "samconfig.toml": samconfig, "concurrency-budget.yaml": own }, { parameters }), 5);
});

test("the options beat the budget's limit and floor; without either they are assumed and estimated", () => {
  const files = {
    "concurrency-budget.yaml": "limit: 40\nstacks:\n  - template: t.yaml\n",
    "t.yaml": template({ F: 1 }),
  };
  const numbers = (options: Parameters<typeof analyse>[1], budget = files["concurrency-budget.yaml"]) => {
    const pool = onlyPool(analyse({ ...files, "concurrency-budget.yaml": budget }, options));
    return [pool.limit, pool.limitSource, pool.floor, pool.floorSource];
  };
  assert.deepEqual(numbers({}), [40, "given", 40, "estimated"]);
  assert.deepEqual(numbers({ limit: 300, floor: 20 }), [300, "given", 20, "configured"]);
  assert.deepEqual(numbers({ assumedLimit: 300 }), [40, "given", 40, "estimated"]);
  const bare = "stacks:\n  - template: t.yaml\n";
  assert.deepEqual(numbers({ assumedLimit: 300 }, bare), [300, "assumed", 100, "estimated"]);
  assert.deepEqual(numbers({}, bare), [1000, "assumed", 100, "estimated"]);
});

test("a stack entry that leads to no template says why, and the rest of the pool counts", () => {
  const pool = onlyPool(
    analyse({
      "concurrency-budget.yaml": [
        "stacks:",
        "  - template: missing.yaml",
        "  - template: services/*.yaml",
        "  - template: values.yaml",
        "  - template: valu*.yaml",
        "  - template: t.yaml",
      ].join("\n"),
      "values.yaml": "a: 1",
      "t.yaml": template({ F: 7 }),
    }),
  );
  assert.deepEqual(
    pool.missingStacks.map(({ message }) => message),
    [
      "There is no file missing.yaml.",
      "No file matches services/*.yaml.",
      "values.yaml is neither a SAM nor a CloudFormation template.",
      "The only file that matches valu*.yaml is no SAM or CloudFormation template.",
    ],
  );
  assert.deepEqual(pool.ledger.claimed, {
    unknown: "stack missing.yaml leads to no template, and 3 more reasons",
    min: 7,
  });
});

test("a pool with a stack that leads to no template is not called fitting, but may be over", () => {
  const ledger = (limit: number) =>
    onlyPool(
      analyse({
        "concurrency-budget.yaml": `limit: ${limit}\nfloor: 10\nstacks:\n  - template: gone/*.yaml\n  - template: t.yaml\n`,
        "t.yaml": template({ F: 70 }),
      }),
    ).ledger;
  assert.equal(ledger(1000).verdict, "depends");
  assert.deepEqual(ledger(1000).claimed, { unknown: "stack gone/*.yaml leads to no template", min: 70 });
  assert.equal(ledger(60).verdict, "over");
});

const unreadable: readonly (readonly [string, string, string, number])[] = [
  ["stacks that are no list", "stacks: t.yaml", "the stacks of the budget", 0],
  ["a stack without a template", "stacks: [{ template: t.yaml }, { name: x }]", "the stacks of the budget", 7],
  ["a line that is no YAML", 'stacks:\n  - template: t.yaml\nregion: "', "the budget", 7],
];

for (const [what, stacks, part, min] of unreadable) {
  test(`a budget with ${what} is not called fitting`, () => {
    const analysis = analyse({
      "concurrency-budget.yaml": `limit: 1000\nfloor: 10\n${stacks}\n`,
      "t.yaml": template({ F: 7 }),
    });
    const ledger = analysis.pools[0]?.ledger;
    assert.equal(ledger?.verdict, "depends");
    assert.deepEqual(ledger.claimed, { unknown: `${part} cannot be read completely`, min });
  });
}

test("a budget without stacks claims what it grants", () => {
  const { ledger } = onlyPool(analyse({ "concurrency-budget.yaml": "limit: 1000\nstacks:\nreservations: { a: 5 }\n" }));
  assert.deepEqual([ledger.claimed, ledger.verdict], [5, "fits"]);
});

test("a path with brackets is the file of that name, when there is one", () => {
  const files = { "a/[id].yaml": template({ F: 1 }), "a/i.yaml": template({ G: 2 }) };
  const found = (path: string) =>
    claims(
      onlyPool(
        analyse({ ...files, "concurrency-budget.yaml": `stacks: [{ template: "${path}" }, { template: a/*.yaml }]\n` }),
      ),
    );
  assert.deepEqual(found("a/[id].yaml")[0], ["a/F", 1, 1]);
  assert.deepEqual(found("a/[hij].yaml")[0], ["a/G", 2, 1]);
});

test("each document of a budget file is a pool, also with a template in several of them", () => {
  const { pools } = analyse({
    "concurrency-budget.yaml":
      "pool: one\naccount: '123456789012'\nregion: eu-west-1\nstacks: [{ template: t.yaml }]\n---\npool: two\nstacks: [{ template: t.yaml }]\n",
    "t.yaml": template({ F: 7 }),
  });
  assert.deepEqual(
    pools.map(({ name, account, region, ledger }) => [name, account, region, ledger.claimed]),
    [
      ["one", "123456789012", "eu-west-1", 7],
      ["two", null, null, 7],
    ],
  );
});

test("samconfig mistakes are kept once for each answer", () => {
  const pool = onlyPool(
    analyse({
      "concurrency-budget.yaml": "stacks:\n  - { template: t.yaml, config: prod, name: [a, b] }\n",
      "t.yaml": template({ F: 7 }),
    }),
  );
  assert.deepEqual(
    pool.configProblems.map(({ place }) => place.uri),
    [uriOf("concurrency-budget.yaml")],
  );
});

test("functions of Managed Instances are listed beside the pool", () => {
  const pool = onlyPool(
    analyse({
      "concurrency-budget.yaml": "stacks:\n  - template: t.yaml\n",
      "t.yaml": template({
        F: "ReservedConcurrentExecutions: 9, CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: x } }",
      }),
    }),
  );
  assert.deepEqual(pool.claims, []);
  assert.deepEqual(
    pool.outside.map((one) => one.function.logicalId),
    ["F"],
  );
  assert.equal(pool.ledger.claimed, 0);
});

test("a nested stack that cannot be seen makes the pool depend on it, whatever else is in there", () => {
  const remote =
    "  Child:\n    Type: AWS::CloudFormation::Stack\n    Properties: { TemplateURL: https://s3.amazonaws.com/b/t.yaml }\n";
  const pool = onlyPool(
    analyse({
      "concurrency-budget.yaml": "limit: 1000\nstacks:\n  - template: t.yaml\n",
      "t.yaml": template({ F: 7 }) + remote,
    }),
  );
  assert.deepEqual(pool.ledger.claimed, {
    unknown: "nested stack Child: its template is remote: https://s3.amazonaws.com/b/t.yaml",
    min: 7,
  });
  assert.equal(pool.ledger.verdict, "depends");
  assert.deepEqual(
    pool.unseen.map(({ nesting }) => nesting),
    [["Child"]],
  );
});

test("what stands in a nested stack under an undecided condition counts as possible", () => {
  const child =
    "  Child:\n    Type: AWS::CloudFormation::Stack\n    Condition: IsProd\n    Properties: { TemplateURL: ./child.yaml }\n";
  const head = "Parameters: { Stage: { Type: String } }\nConditions: { IsProd: !Equals [!Ref Stage, prod] }\n";
  const pool = onlyPool(
    analyse({
      "concurrency-budget.yaml": "limit: 1000\nstacks:\n  - template: t.yaml\n",
      "t.yaml": template({ F: 7 }, head) + child,
      "child.yaml": template({ Inner: 30 }),
    }),
  );
  assert.deepEqual(pool.ledger.claimed, {
    unknown: "condition IsProd of nested stack Child is not decided",
    min: 7,
    max: 37,
  });
});

test("the stack's name and the pool's account and Region decide pseudo parameters", () => {
  const properties = (name: string) => `FunctionName: !Sub '\${AWS::${name}}-fn'`;
  const files = {
    "t.yaml": template({ A: properties("StackName"), B: properties("Region"), C: properties("AccountId") }),
    "concurrency-budget.yaml":
      "account: '123456789012'\nregion: eu-west-1\nstacks: [{ template: t.yaml, name: orders }]\nreservations: { orders-fn: 5 }\n",
  };
  const pool = onlyPool(analyse(files));
  assert.deepEqual(
    pool.claims.map(({ function: { name }, grant }) => [name, grant?.pattern]),
    [
      ["orders-fn", "orders-fn"],
      ["eu-west-1-fn", undefined],
      ["123456789012-fn", undefined],
    ],
  );
});

test("a name that is only the folder's, or stands for several copies, decides nothing", () => {
  const names = (stack: string) =>
    onlyPool(
      analyse({
        "t.yaml": template({ A: "FunctionName: !Ref AWS::StackName" }),
        "concurrency-budget.yaml": `stacks: [{ template: t.yaml, ${stack} }]\n`,
      }),
    ).claims.map(({ function: { name } }) => typeof name);
  assert.deepEqual(names("instances: 1"), ["object"]);
  assert.deepEqual(names("name: 'dev*', instances: 2"), ["object"]);
  assert.deepEqual(names("name: [dev1, dev2]"), ["string", "string"]);
});

test("more stacks than anybody deploys are refused by name, not counted for minutes", () => {
  const names = Array.from({ length: 20_001 }, (_, i) => `s${i}`).join(", ");
  const pool = onlyPool(
    analyse({
      "concurrency-budget.yaml": `stacks: [{ template: t.yaml, name: one }, { template: t.yaml, name: [${names}] }]\n`,
      "t.yaml": template({ F: 1 }),
    }),
  );
  assert.deepEqual(
    [pool.claims.length, pool.missingStacks.map(({ message }) => message)],
    [1, ["t.yaml and the entries before it lead to too many stacks (more than 20000); this one is not counted."]],
  );
});

test("a path with half a character names no file, and nothing breaks", () => {
  const text = String.raw`stacks: [{ template: "\uD83D.yaml", parameters: "\uDC00" }, { template: "\uDC00/*" }]`;
  const pool = onlyPool(analyse({ "concurrency-budget.yaml": `${text}\n` }));
  assert.deepEqual(
    pool.missingStacks.map(({ message }) => message),
    ["There is no file \uD83D.yaml.", "No file matches \uDC00/*."],
  );
});
