import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { analyseFiles } from "./analyse.ts";

interface Fn {
  readonly reserved: number | undefined;
  readonly provisioned: number | undefined;
  /** The budget's entry for exactly this function. */
  readonly granted: number | "off" | undefined;
}

interface Scenario {
  readonly functions: readonly Fn[];
  readonly everyone: number | undefined;
  readonly limit: number;
  readonly floor: number;
  readonly keep: number;
  readonly instances: number;
}

const small = fc.nat(12);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const scenario: fc.Arbitrary<Scenario> = fc.record({
  functions: fc.array(
    fc.record({
      reserved: maybe(small),
      provisioned: maybe(fc.integer({ min: 1, max: 12 })),
      granted: maybe(fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constant("off" as const))),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  everyone: maybe(fc.integer({ min: 1, max: 12 })),
  limit: fc.integer({ min: 1, max: 60 }),
  floor: small,
  keep: fc.nat(30),
  instances: fc.integer({ min: 1, max: 3 }),
});

function budgetText({ functions, everyone, limit, floor, keep, instances }: Scenario): string {
  const entries = functions.flatMap(({ granted }, i) => (granted === undefined ? [] : `  s*/F${i}: ${granted}`));
  if (everyone !== undefined) entries.push(`  s*/*: ${everyone}`);
  return [
    `limit: ${limit}`,
    `floor: ${floor}`,
    `keep-unreserved: ${keep}`,
    `stacks: [{ template: template.yaml, name: s*, instances: ${instances} }]`,
    entries.length === 0 ? "reservations: {}" : "reservations:",
    ...entries,
    "",
  ].join("\n");
}

function templateText({ functions }: Scenario): string {
  const resources = functions.map(({ reserved, provisioned }, i) =>
    [
      `  F${i}:`,
      "    Type: AWS::Serverless::Function",
      "    Properties:",
      "      AutoPublishAlias: live",
      ...(reserved === undefined ? [] : [`      ReservedConcurrentExecutions: ${reserved}`]),
      ...(provisioned === undefined
        ? []
        : ["      ProvisionedConcurrencyConfig:", `        ProvisionedConcurrentExecutions: ${provisioned}`]),
    ].join("\n"),
  );
  return `Transform: AWS::Serverless-2016-10-31\nResources:\n${resources.join("\n")}\n`;
}

/** What the rules say, worked out by hand for literal numbers: one line per finding. */
function expected({ functions, everyone, limit, floor, keep, instances }: Scenario): string[] {
  const found: string[] = [];
  let claimed = 0;
  let everyoneUsed = false;
  functions.forEach(({ reserved, provisioned, granted }, i) => {
    const own = reserved ?? provisioned ?? 0;
    claimed += own * instances;
    const grant = granted ?? everyone;
    const allowed = grant === "off" ? 0 : grant;
    if (granted === undefined && everyone !== undefined && own > 0) everyoneUsed = true;
    if (allowed !== undefined && own > allowed) found.push(`over-budget F${i}`);
    if (allowed === undefined && own > 0) found.push(`not-in-budget F${i}`);
    if (reserved === 0 && grant !== "off") found.push(`reserved-zero F${i}`);
    if (reserved !== undefined && provisioned !== undefined && provisioned > reserved)
      found.push(`provisioned-above-reserved F${i}`);
    if (reserved !== undefined && provisioned === reserved) found.push(`provisioned-fills-reserved F${i}`);
    if (granted !== undefined && own === 0 && !(granted === "off" && reserved === 0))
      found.push(`budget-unused s*/F${i}`);
  });
  if (everyone !== undefined && !everyoneUsed) found.push("budget-unused s*/*");
  if (claimed === 0) return found;
  if (limit - claimed < floor) found.push("pool-overcommitted budget", "pool-overcommitted template");
  else if (limit - claimed < keep) found.push("cushion-broken budget", "cushion-broken template");
  return found;
}

test("on literal numbers the rules say what arithmetic by hand says", () => {
  fc.assert(
    fc.property(scenario, (one) => {
      const files = new Map([
        ["concurrency-budget.yaml", budgetText(one)],
        ["template.yaml", templateText(one)],
      ]);
      const found = analyseFiles(files).findings.map(({ rule, message, place }) => {
        if (rule === "pool-overcommitted" || rule === "cushion-broken") {
          return `${rule} ${place.uri.includes("budget") ? "budget" : "template"}`;
        }
        return `${rule} ${/(?:: )?(s\*\/\S+|F\d)/.exec(message)?.[1]}`;
      });
      assert.deepEqual(found.sort(), expected(one).sort());
    }),
    { numRuns: 500 },
  );
});
