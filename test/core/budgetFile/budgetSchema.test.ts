import assert from "node:assert/strict";
import { test } from "node:test";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { downstreamKeys, grantKeys, poolKeys, stackKeys } from "#core/budgetFile/budgetKeys.ts";
import { budgetSchema } from "#core/budgetFile/budgetSchema.ts";
import { problemsOf } from "./support.ts";

const validate = new Ajv({
  strict: true,
  strictTypes: false,
  allErrors: true,
  keywords: ["markdownDescription"],
}).compile(budgetSchema());

test("every key has a description that is a sentence, and its example is valid", () => {
  for (const table of [poolKeys, stackKeys, grantKeys, downstreamKeys]) {
    for (const [name, { description, example, schema }] of Object.entries(table)) {
      assert.match(description, /^[A-Z].*\.$/, name);
      if (example === "" || JSON.stringify(schema).includes("$ref")) continue;
      const check = new Ajv({ strict: true, strictTypes: false }).compile(schema);
      assert.ok(check(parse(example)), `${name}: ${example}`);
    }
  }
});

const valid = [
  "pool: a\nlimit: 1000\n",
  'account: "012345678901"\nregion: eusc-de-east-1\nfloor: 0\nkeep-unreserved: 150\nenvironment: production\n',
  "max-cost-per-hour: 12.5\nreservations:\n  a: {reserved: 5, max-cost-per-hour: 8}\n",
  "stacks:\nreservations:\ndownstreams:\nkill-groups:\n",
  "stacks:\n  - template: a.yaml\n    name: [a, b]\n    config: prod\n    instances: 2\n  - {template: b, parameters: {A: 1, B: x, C: true, D: , E: [a, 1]}}\n  - {template: c, parameters: params.json}\n",
  "reservations:\n  a: 5\n  b/C: off\n  d: false\n  e: {reserved: 5, reason: x, owner: y}\n  f: {reserved: off}\n",
  "downstreams: {db: {capacity: 5, per-execution: 0.5, functions: [a]}}\nkill-groups: {x: [a, b]}\n",
];

const invalid = [
  "- a\n",
  "limits: 5\n",
  "account: 123456789012\n",
  'account: "12345"\n',
  "region: Virginia\n",
  "limit: 0\n",
  'limit: "5"\n',
  "limit: 1.5\n",
  "floor: -1\n",
  "keep-unreserved: 1000000000000\n",
  "stacks: {template: a}\n",
  "stacks: [{name: a}]\n",
  "stacks: [{template: a, instances: 0}]\n",
  "stacks: [{template: a, parameters: {A: {B: 1}}}]\n",
  "reservations: [a]\n",
  "max-cost-per-hour: 0\n",
  'max-cost-per-hour: "8"\n',
  "reservations: {a: {reserved: 5, max-cost-per-hour: -1}}\n",
  "reservations: {a: on}\n",
  "reservations: {a: true}\n",
  "reservations: {a: {reason: x}}\n",
  "reservations: {a: {reserved: 5, colour: red}}\n",
  "downstreams: {db: {capacity: 5}}\n",
  "downstreams: {db: {capacity: 5, per-execution: 0, functions: [a]}}\n",
  "kill-groups: {x: a}\n",
  "kill-groups: {x: [a, a]}\n",
];

for (const text of valid) {
  test(`schema and reader accept ${JSON.stringify(text)}`, () => {
    assert.ok(validate(parse(text)), JSON.stringify(validate.errors));
    assert.deepEqual(problemsOf(text), []);
  });
}

for (const text of invalid) {
  test(`schema and reader refuse ${JSON.stringify(text)}`, () => {
    assert.equal(validate(parse(text)), false);
    assert.notDeepEqual(problemsOf(text), []);
  });
}
