import assert from "node:assert/strict";
import { test } from "node:test";
import {
  connectItems,
  credentialItems,
  environmentRegion,
  regionItems,
  withTyped,
} from "#client/account/connectItems.ts";

const pool = (
  name: string,
  account: string | null,
  region: string | null,
  budget: string | undefined = "file:///b.yaml",
) => ({
  name,
  account,
  region,
  ...(budget === undefined ? {} : { budget }),
});
const lines = (items: ReturnType<typeof connectItems>) =>
  items.map((item) => ("heading" in item ? `-- ${item.label}` : `${item.label}: ${item.description}`));

test("pools of budget files that name where they are come first, then credentials, then the demo account", () => {
  const items = connectItems({
    pools: [
      pool("production", "123456789012", "us-east-1"),
      pool("also production", "123456789012", "us-east-1"),
      pool("anywhere", null, null),
      pool("Europe", null, "eu-west-1"),
      { name: "template.yaml", account: null, region: "us-west-2" },
    ],
    profiles: [{ name: "default" }, { name: "prod", region: "us-east-1", description: "SSO, account 123456789012" }],
    env: { AWS_ACCESS_KEY_ID: "AKIA", AWS_DEFAULT_REGION: "eu-north-1" },
    last: "prod",
  });
  assert.deepEqual(lines(items), [
    "-- Pools of the budget files",
    "production, also production: 123456789012 · us-east-1",
    "Europe: any account · eu-west-1",
    "-- Credentials",
    "prod: us-east-1 · used last",
    "default: no Region",
    "Environment: eu-north-1",
    "-- Without an AWS account",
    "Demo account: on this machine",
  ]);
});

test("without profiles, keys and budgets there is still the demo account", () => {
  assert.deepEqual(lines(connectItems({ pools: [], profiles: [], env: {} })), [
    "-- Without an AWS account",
    "Demo account: on this machine",
  ]);
});

test("for a pool the profiles of its account come first, then the one used last, then that of AWS_PROFILE", () => {
  const items = credentialItems({
    profiles: [
      { name: "a" },
      { name: "b" },
      { name: "c" },
      { name: "d", description: "SSO, account 123456789012, role Admin" },
    ],
    env: { AWS_PROFILE: "b" },
    last: "c",
    account: "123456789012",
  });
  assert.deepEqual(lines(items), [
    "d: no Region",
    "c: no Region · used last",
    "b: no Region · AWS_PROFILE",
    "a: no Region",
  ]);
});

test("no secret of the environment is shown", () => {
  const env = { AWS_ACCESS_KEY_ID: "AKIASECRET", AWS_SECRET_ACCESS_KEY: "secret", AWS_SESSION_TOKEN: "token" };
  const shown = JSON.stringify(credentialItems({ profiles: [], env }));
  assert.match(shown, /Keys in environment variables \(AWS_ACCESS_KEY_ID\)/);
  assert.doesNotMatch(shown, /AKIASECRET|secret|token/);
});

test("AWS_REGION is the Region of the environment, else AWS_DEFAULT_REGION, and an empty one is none", () => {
  assert.equal(environmentRegion({ AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "us-east-1" }), "eu-west-1");
  assert.equal(environmentRegion({ AWS_REGION: "", AWS_DEFAULT_REGION: "us-east-1" }), "us-east-1");
  assert.equal(environmentRegion({}), undefined);
});

test("the Regions of pools come first with their names, and the present one is marked", () => {
  const items = regionItems({
    pools: [pool("production", null, "us-east-1"), pool("copy", null, "us-east-1"), pool("none", null, null)],
    regions: ["eu-west-1", "us-east-1", "us-west-2"],
    now: "us-east-1",
  });
  assert.deepEqual(items, [
    { label: "us-east-1", description: "now · production · copy" },
    { label: "eu-west-1", description: "" },
    { label: "us-west-2", description: "" },
  ]);
});

test("a Region that the list does not have is offered as it was typed, and nothing else that was typed", () => {
  const listed = [{ label: "us-east-1", description: "now" }];
  assert.deepEqual(withTyped(listed, " eu-south-9 "), [...listed, { label: "eu-south-9", description: "as typed" }]);
  for (const text of ["", "us-east-1", "us-east", "eu-south-", "EU-SOUTH-9"]) {
    assert.deepEqual(withTyped(listed, text), listed);
  }
});
