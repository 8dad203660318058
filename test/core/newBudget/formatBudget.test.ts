import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { formatBudget } from "#core/newBudget/formatBudget.ts";
import { problemsOf, read } from "../budgetFile/support.ts";

test("a new budget explains what to fill in, in a stable order", () => {
  const text = formatBudget({
    pool: "shop",
    limit: 1000,
    stacks: [
      { template: "services/orders/template.yaml", name: "orders-prod", config: "prod" },
      { template: "api.yaml", name: "dev", instances: 4 },
    ],
    reservations: [
      { key: "thumbnails", reserved: 350 },
      { key: "orders-prod/Ingest", reserved: 200, comment: "parameter Size\n(samconfig.toml [prod])" },
      { key: "dev*/Legacy", reserved: "off", comment: "0 in the template" },
    ],
  });
  assert.equal(
    text,
    `# Who may reserve how much of the Lambda concurrency of one account and Region.
# Check it with: lambda-concurrency check
pool: shop
# account: "123456789012"   # when given, the live account must be this one
# region: us-east-1
limit: 1000
# floor: 100                # what Lambda insists on leaving unreserved
# keep-unreserved: 150      # your own cushion: a warning when less stays unreserved

stacks:
  - template: api.yaml
    name: dev*
    instances: 4
  - template: services/orders/template.yaml
    name: orders-prod
    config: prod

# Key: FunctionName or stack/LogicalId. Value: reservation for each matching function; "off" = 0 on purpose.
reservations:
  dev*/Legacy: off          # 0 in the template
  orders-prod/Ingest: 200   # parameter Size (samconfig.toml [prod])
  thumbnails: 350
`,
  );
  assert.deepEqual(problemsOf(text), []);
});

test("a new budget without anything is one to start from", () => {
  const text = formatBudget({ pool: "empty", stacks: [], reservations: [] });
  assert.deepEqual(problemsOf(text), []);
  assert.equal(read(text).pools[0]?.name, "empty");
});

test("whatever the names are, the text reads back as they were", () => {
  const word = fc.oneof(
    fc.constantFrom(
      "off",
      "true",
      "007",
      "1e3",
      "a: b",
      "#x",
      "- y",
      "*",
      "*a",
      "~",
      "null",
      "<<x",
      "a #b",
      ".5",
      "0x1F",
      "é/ü",
      '"q"',
    ),
    fc.string({ minLength: 1, maxLength: 12 }).filter((text) => text.trim() !== ""),
  );
  const key = word.filter((text) => !text.includes("/"));
  fc.assert(
    fc.property(word, word, key, fc.nat(5000), (pool, template, name, reserved) => {
      const text = formatBudget({ pool, stacks: [{ template, name }], reservations: [{ key: name, reserved }] });
      const file = read(text);
      assert.deepEqual(file.problems, []);
      const [read0] = file.pools;
      assert.equal(read0?.name, pool);
      assert.equal(read0?.stacks[0]?.template.value, template);
      assert.equal(read0?.stacks[0]?.names[0]?.value, name);
      assert.deepEqual(
        read0?.reservations.map((grant) => [grant.pattern, grant.reserved]),
        [[name, reserved]],
      );
    }),
    { numRuns: 300 },
  );
});
