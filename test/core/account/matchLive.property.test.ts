import assert from "node:assert/strict";
import { test } from "node:test";
import type { LiveFunction, LiveMatch, PoolClaim } from "#core";
import { random } from "#support/edits.ts";
import { type ShortFunction, snapshot } from "#support/snapshot.ts";
import { analyse, onlyPool } from "../pools/analyse.ts";

const head = 'account: "123456789012"\nregion: us-east-1\n';

/** Functions named, invented and in a nested stack, in stacks with plain names and globs. */
function randomPool(next: () => number) {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T;
  const resource = (id: string, name?: string) =>
    `  ${id}:\n    Type: AWS::Lambda::Function\n    Properties: { ReservedConcurrentExecutions: 1${name ? `, FunctionName: ${name}` : ""} }\n`;
  const ids = ["A", "B", "C"].filter(() => next() < 0.7);
  const functions = ids.map((id) => resource(id, next() < 0.3 ? pick(["one", "two"]) : undefined)).join("");
  const nested = "  Child:\n    Type: AWS::CloudFormation::Stack\n    Properties: { TemplateURL: ./c.yaml }\n";
  const name = pick(["shop", "shop-a", '"shop*"', '"*"']);
  const instances = pick([1, 1, 3]);
  const budget = `${head}stacks:\n  - { template: t.yaml, name: ${name}, instances: ${instances} }\n`;
  const stacks = ["shop", "shop-a", "shop-b", "shop-Child-AAAAAAAAAAAA", "shop-a-Child-BBBBBBBBBBBB", "else"];
  const live: Record<string, ShortFunction> = {};
  for (let i = 0; i < 6; i++) {
    const tags = next() < 0.8 ? { in: `${pick(stacks)}/${pick(["A", "B", "C"])}` } : {};
    live[next() < 0.2 ? pick(["one", "two"]) : `f${i}`] = { reserved: i, ...tags };
  }
  return {
    files: {
      "concurrency-budget.yaml": budget,
      "t.yaml": `Resources:\n${functions}${nested}`,
      "c.yaml": `Resources:\n${resource("A")}`,
    },
    live: snapshot({ functions: live, state: pick(["complete", "complete", "partial", "reading"] as const) }),
  };
}

/** The same question answered by looking at every live function, with regular expressions. */
function candidatesOf({ function: { name, logicalId }, stack, nesting }: PoolClaim, all: readonly LiveFunction[]) {
  if (typeof name === "string") return all.filter((live) => live.name === name);
  const root = stack.name.replaceAll("*", ".*");
  const made = nesting.map((id) => `-${id}-[A-Za-z0-9]{8,}`).join("");
  const fits = new RegExp(`^${root}${made}$`);
  return all.filter((live) => live.stack?.logicalId === logicalId && fits.test(live.stack.name));
}

const kindOf = (match: LiveMatch | undefined) =>
  match === undefined ? "none" : match === null ? "missing" : "name" in match ? match.name : "unknown";

test("random pools and accounts: the same live functions as by looking at each of them", () => {
  const kinds = new Set<string>();
  for (let seed = 1; seed <= 400; seed++) {
    const { files, live } = randomPool(random(seed));
    const pool = onlyPool(analyse(files, { snapshots: [live] }));
    const taken = new Set<LiveFunction>();
    for (const claim of pool.claims) {
      const candidates = candidatesOf(claim, live.functions);
      for (const each of candidates) taken.add(each);
      const found = kindOf(pool.live?.functions.get(claim));
      const isNamed = claim.stack.instances === 1 || claim.stack.name.includes("*") || claim.function.name !== null;
      const missing = live.reading.state === "complete" && isNamed ? "missing" : "unknown";
      const wanted = candidates.length === 1 ? candidates[0]?.name : candidates.length > 1 ? "unknown" : missing;
      assert.equal(found, wanted, `seed ${seed}, ${claim.key}`);
      kinds.add(candidates.length === 1 ? "found" : `${candidates.length > 1 ? "several" : found}`);
    }
    assert.deepEqual(
      pool.live?.unclaimed,
      live.functions.filter((each) => !taken.has(each)),
      `seed ${seed}`,
    );
  }
  assert.deepEqual([...kinds].sort(), ["found", "missing", "several", "unknown"]);
});
