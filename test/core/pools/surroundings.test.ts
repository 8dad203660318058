import assert from "node:assert/strict";
import test from "node:test";
import { partition } from "@aws-sdk/core/client";
import type { AnalysisOptions } from "#core";
import { partitionOf } from "#core/partitions.ts";
import { snapshot } from "#support/snapshot.ts";
import { analyse, onlyPool, template } from "./analyse.ts";

const partitions = Object.entries({
  aws: { regions: ["us-east-1", "ap-southeast-7", "mx-central-1"], urlSuffix: "amazonaws.com" },
  "aws-cn": { regions: ["cn-north-1", "cn-northwest-1"], urlSuffix: "amazonaws.com.cn" },
  "aws-us-gov": { regions: ["us-gov-west-1"], urlSuffix: "amazonaws.com" },
  "aws-iso": { regions: ["us-iso-east-1"], urlSuffix: "c2s.ic.gov" },
  "aws-iso-b": { regions: ["us-isob-east-1"], urlSuffix: "sc2s.sgov.gov" },
  "aws-iso-e": { regions: ["eu-isoe-west-1"], urlSuffix: "cloud.adc-e.uk" },
  "aws-iso-f": { regions: ["us-isof-south-1"], urlSuffix: "csp.hci.ic.gov" },
  "aws-eusc": { regions: ["eusc-de-east-1"], urlSuffix: "amazonaws.eu" },
});

for (const [name, { regions, urlSuffix }] of partitions) {
  test(`the Regions of ${name} decide its name and ${urlSuffix}`, () => {
    const found = regions.map(partitionOf).map((partition) => [partition?.name, partition?.urlSuffix]);
    assert.deepEqual(
      found,
      regions.map(() => [name, urlSuffix]),
    );
  });
}

test("a name that has the form of no Region decides no partition", () => {
  assert.deepEqual(["", "useast1", "us-east", "aws-global", "us-gov-east", "xx-east-1"].map(partitionOf), [
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

test("the AWS SDK puts the same Regions into the same partitions", () => {
  for (const [name, { regions, urlSuffix }] of partitions) {
    for (const region of regions) {
      const { name: theirs, dnsSuffix } = partition(region);
      assert.deepEqual([theirs, dnsSuffix], [name, urlSuffix], region);
    }
  }
});

const head = `Mappings:
  ByRegion: { us-east-1: { R: 700 }, eu-west-1: { R: 50 }, cn-north-1: { R: 20 } }
  ByPartition: { aws: { R: 7 }, aws-cn: { R: 8 } }
  BySuffix: { amazonaws.com: { R: 3 }, amazonaws.com.cn: { R: 4 } }
Conditions:
  Prod: !Equals [!Ref AWS::StackName, orders-prod]
  Ours: !Equals [!Ref AWS::AccountId, "123456789012"]
`;
const text = template(
  {
    Region: "ReservedConcurrentExecutions: !FindInMap [ByRegion, !Ref AWS::Region, R]",
    Partition: "ReservedConcurrentExecutions: !FindInMap [ByPartition, !Ref AWS::Partition, R]",
    Suffix: "ReservedConcurrentExecutions: !FindInMap [BySuffix, !Ref AWS::URLSuffix, R]",
    Stack: "ReservedConcurrentExecutions: !If [Prod, 300, 2]",
    Account: "ReservedConcurrentExecutions: !If [Ours, 90, 1]",
  },
  head,
);
const samconfig = `version = 0.1
[default.global.parameters]
stack_name = "orders-prod"
[default.deploy.parameters]
region = "us-east-1"
`;

/** The reservations of Region, Partition, Suffix, Stack and Account; `?` where not decided. */
function reservations(files: Readonly<Record<string, string>>, options: AnalysisOptions = {}) {
  const { claims } = onlyPool(analyse({ "t.yaml": text, ...files }, options));
  return claims.map(({ function: { reserved } }) => (typeof reserved.value === "number" ? reserved.value : "?"));
}

test("nothing said leaves every pseudo parameter open", () => {
  assert.deepEqual(reservations({}), ["?", "?", "?", "?", "?"]);
});

test("samconfig says stack and Region, and with it partition and suffix", () => {
  assert.deepEqual(reservations({ "samconfig.toml": samconfig }), [700, 7, 3, 300, "?"]);
});

test("--region beats samconfig, a budget's region beats both, and its account is the only one", () => {
  const region = "eu-west-1";
  assert.deepEqual(reservations({ "samconfig.toml": samconfig }, { region }), [50, 7, 3, 300, "?"]);
  const pool = 'pool: p\nregion: cn-north-1\naccount: "123456789012"\nstacks: [{ template: t.yaml }]\n';
  const files = { "samconfig.toml": samconfig, "concurrency-budget.yaml": pool };
  assert.deepEqual(reservations(files, { region }), [20, 8, 4, 300, 90]);
  const open = "pool: p\nstacks: [{ template: t.yaml, name: other }]\n";
  assert.deepEqual(reservations({ ...files, "concurrency-budget.yaml": open }, { region }), [50, 7, 3, 2, "?"]);
});

test("a connected account and its Region decide no pseudo parameter", () => {
  assert.deepEqual(reservations({}, { snapshots: [snapshot()], linkAll: true }), ["?", "?", "?", "?", "?"]);
});
