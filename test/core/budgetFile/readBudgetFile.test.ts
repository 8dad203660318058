import assert from "node:assert/strict";
import { test } from "node:test";
import { isBudgetFile } from "#core/budgetFile/isBudgetFile.ts";
import { problemsOf, read, uri } from "./support.ts";

const example = `# who may reserve what
pool: production
environment: production
account: "123456789012"
region: us-east-1
limit: 1000
floor: 100
keep-unreserved: 150
max-cost-per-hour: 12.5
stacks:
  - template: services/orders/template.yaml
    name: orders-prod
    config: prod
    instances: 1
  - template: services/*/template.yaml
    name: [dev1, dev2]
    parameters: { Stage: prod, Size: 007, On: true, Zones: [a, b], Suffix: }
  - template: other.yaml
    parameters: params/prod.json
reservations:
  thumbnails: 350
  orders-prod/Ingest: { reserved: 200, reason: "RDS proxy allows 200 connections", owner: data-team, max-cost-per-hour: 8 }
  legacy-report: off
  older-report: false
  "*-canary": 5
downstreams:
  orders-db: { capacity: 400, per-execution: 2, functions: [orders-prod/Ingest, orders-api] }
kill-groups:
  payments: [orders-prod/*, thumbnails]
`;

const at = (part: string, after = 0) => {
  const start = example.indexOf(part, after);
  return { uri, start, end: start + part.length };
};
const placed = <T>(value: T, part: string, after = 0) => ({ value, place: at(part, after) });

test("a budget with every key is read without a problem", () => {
  assert.deepEqual(problemsOf(example), []);
});

test("a pool has its own values, each with its place", () => {
  const [pool] = read(example).pools;
  assert.equal(pool?.name, "production");
  assert.deepEqual(pool?.place, at("production"));
  assert.deepEqual(pool?.environment, placed("production", "production", example.indexOf("environment")));
  assert.deepEqual(pool?.account, placed("123456789012", '"123456789012"'));
  assert.deepEqual(pool?.region, placed("us-east-1", "us-east-1"));
  assert.deepEqual(pool?.limit, placed(1000, "1000"));
  assert.deepEqual(pool?.floor, placed(100, "100", example.indexOf("floor")));
  assert.deepEqual(pool?.keepUnreserved, placed(150, "150"));
  assert.deepEqual(pool?.maxCostPerHour, placed(12.5, "12.5"));
});

test("stacks have names, samconfig environment, parameters as strings and instances", () => {
  const stacks = read(example).pools[0]?.stacks ?? [];
  assert.deepEqual(
    stacks.map((stack) => ({
      template: stack.template.value,
      names: stack.names.map((name) => name.value),
      config: stack.config?.value,
      parameters: [...stack.parameters].map(([name, { value }]) => `${name}=${value}`),
      file: stack.parametersFile?.value,
      instances: stack.instances,
    })),
    [
      {
        template: "services/orders/template.yaml",
        names: ["orders-prod"],
        config: "prod",
        parameters: [],
        file: undefined,
        instances: 1,
      },
      {
        template: "services/*/template.yaml",
        names: ["dev1", "dev2"],
        config: undefined,
        parameters: ["Stage=prod", "Size=007", "On=true", "Zones=a,b", "Suffix="],
        file: undefined,
        instances: 2,
      },
      { template: "other.yaml", names: [], config: undefined, parameters: [], file: "params/prod.json", instances: 1 },
    ],
  );
  assert.deepEqual(stacks[0]?.config, placed("prod", "prod", example.indexOf("config")));
});

test("reservations are numbers, off, or the long form", () => {
  const grants = read(example).pools[0]?.reservations ?? [];
  assert.deepEqual(
    grants.map(({ pattern, reserved, off }) => `${pattern} ${off ? "off" : reserved}`),
    ["thumbnails 350", "orders-prod/Ingest 200", "legacy-report off", "older-report off", "*-canary 5"],
  );
  assert.deepEqual(grants[1], {
    pattern: "orders-prod/Ingest",
    place: at("orders-prod/Ingest"),
    reserved: 200,
    off: false,
    valuePlace: at("200"),
    reason: "RDS proxy allows 200 connections",
    maxCostPerHour: placed(8, "8", example.indexOf("owner:")),
    owner: "data-team",
  });
});

test("downstreams and kill groups are read", () => {
  const [pool] = read(example).pools;
  assert.deepEqual(
    pool?.downstreams.map((d) => [d.name, d.capacity.value, d.perExecution, d.functions.map((f) => f.value)]),
    [["orders-db", 400, 2, ["orders-prod/Ingest", "orders-api"]]],
  );
  assert.deepEqual(
    pool?.killGroups.map((group) => [group.name, group.functions.map((f) => f.value)]),
    [["payments", ["orders-prod/*", "thumbnails"]]],
  );
});

test("each YAML document is a pool; empty documents are none", () => {
  const file = read("---\npool: a\n---\n---\nregion: eu-west-1\n---\nlimit: 5\n...\n");
  assert.deepEqual(
    file.pools.map(({ name, index }) => [name, index]),
    [
      ["a", 0],
      ["eu-west-1", 2],
      ["pool 4", 3],
    ],
  );
  assert.deepEqual(file.problems, []);
});

test("a pool without a name is called by account and Region, and stands on its first line", () => {
  const text = '# top\naccount: "123456789012"\nregion: eu-west-1\n';
  const [pool] = read(text).pools;
  assert.equal(pool?.name, "123456789012/eu-west-1");
  assert.equal(text.slice(pool?.place.start, pool?.place.end), 'account: "123456789012"');
});

test("an empty text has no pools and no problems", () => {
  for (const text of ["", "\n", "# only a comment\n", "---\n", "null\n"]) {
    assert.deepEqual(read(text), { uri, pools: [], problems: [] });
  }
});

test("keys without a value are no mistake where a mapping or list may follow", () => {
  assert.deepEqual(problemsOf("stacks:\nreservations:\ndownstreams:\nkill-groups:\n"), []);
});

test("budget files are known by their name", () => {
  for (const name of ["concurrency-budget.yaml", "concurrency-budget.yml", "eu.concurrency-budget.yaml"]) {
    assert.equal(isBudgetFile(`file:///w/a%20b/${name}`), true, name);
  }
  for (const name of [
    "my-concurrency-budget.yaml",
    "concurrency-budget.json",
    "concurrency-budget.yaml.bak",
    "template.yaml",
  ]) {
    assert.equal(isBudgetFile(`file:///w/${name}`), false, name);
  }
});
