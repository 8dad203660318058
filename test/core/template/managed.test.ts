// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of CloudFormation
import assert from "node:assert/strict";
import { test } from "node:test";
import type { DeclaredFunction } from "#core/model.ts";
import { resolveText } from "./sources.ts";

function only(properties: string, globals = "") {
  const template = resolveText(
    `Transform: AWS::Serverless-2016-10-31\nParameters:\n  P: {Type: String}\n  Alias: {Type: String}\nConditions:\n  C: !Equals [!Ref P, x]\n${globals}Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Handler: a.b\n${properties}`,
  );
  const one = template.functions[0];
  assert.ok(one);
  return one;
}

function messageOf({ refused }: DeclaredFunction): string {
  return refused.map(({ message }) => message).join("\n");
}

const provisioned = "      ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 5}\n";

test("provisioned concurrency without an alias is refused by SAM and claims nothing", () => {
  const one = only(provisioned);
  assert.deepEqual(
    one.refused.map(({ rule, property, fix }) => [rule, property, fix?.mend]),
    [["provisioned-needs-alias", "ProvisionedConcurrencyConfig", { how: "add-alias" }]],
  );
  assert.deepEqual(one.provisioned, []);
});

test("provisioned concurrency with a capacity provider is refused", () => {
  const one = only(`${provisioned}      AutoPublishAlias: live\n      CapacityProviderConfig: {Arn: arn}\n`);
  assert.match(messageOf(one), /^has both ProvisionedConcurrencyConfig and CapacityProviderConfig/);
});

test("provisioned concurrency with tenant isolation is refused", () => {
  const one = only(
    `${provisioned}      AutoPublishAlias: live\n      TenancyConfig: {TenantIsolationMode: PER_TENANT}\n`,
  );
  assert.match(messageOf(one), /^has both ProvisionedConcurrencyConfig and TenancyConfig/);
});

test("inherited provisioned concurrency without an alias is refused at the function", () => {
  const one = only(
    "",
    "Globals:\n  Function:\n    ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 5}\n",
  );
  assert.match(messageOf(one), /^has ProvisionedConcurrencyConfig but no AutoPublishAlias/);
  assert.deepEqual(one.refused[0]?.place, one.place);
});

test("the alias may be a parameter without a value", () => {
  const one = only(`${provisioned}      AutoPublishAlias: !Ref Alias\n`);
  assert.deepEqual(
    one.provisioned.map(({ qualifier, value }) => [qualifier, value]),
    [["${Alias}", 5]],
  );
});

test("a function on Managed Instances is outside the pool", () => {
  const one = only("      CapacityProviderConfig: {Arn: arn}\n      ReservedConcurrentExecutions: 5\n");
  assert.equal(one.outsidePool, "it runs on Managed Instances (CapacityProviderConfig)");
});

test("a function that may run on Managed Instances counts between 0 and its value", () => {
  const one = only(
    "      CapacityProviderConfig: !If [C, {Arn: arn}, !Ref AWS::NoValue]\n      ReservedConcurrentExecutions: 5\n",
  );
  assert.equal(one.outsidePool, undefined);
  assert.deepEqual(one.reserved.value, {
    unknown:
      "whether it runs on Managed Instances is not decided: condition C is not decided: parameter P has no default and no value is given",
    min: 0,
    max: 5,
  });
});
