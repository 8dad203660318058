import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { regionsOf } from "#aws";

test("the Regions are those that the SDK knows, partition by partition", () => {
  const entryPoint = createRequire(import.meta.url).resolve("@aws-sdk/core/package.json");
  const file = "dist-es/submodules/client/util-endpoints/lib/aws/partitions.js";
  const source = readFileSync(new URL(file, `file://${entryPoint}`), "utf8");
  const { partitions }: { partitions: { id: string; regions: Record<string, unknown> }[] } = JSON.parse(
    source.slice(source.indexOf("{"), source.lastIndexOf("}") + 1),
  );
  const known = partitions.map(({ id, regions }) => [
    id,
    Object.keys(regions).filter((name) => !name.endsWith("-global")),
  ]);
  assert.deepEqual(
    known.map(([id]) => [id, regionsOf(String(id))]),
    known,
  );
});

test("a Region leads to those of its partition, also one that is newer than the list", () => {
  assert.deepEqual(regionsOf("cn-north-1"), ["cn-north-1", "cn-northwest-1"]);
  assert.deepEqual(regionsOf("us-gov-south-9"), ["us-gov-east-1", "us-gov-west-1"]);
  assert.deepEqual(regionsOf("eu-west-9"), regionsOf("aws"));
  assert.deepEqual(regionsOf(), regionsOf("aws"));
});
