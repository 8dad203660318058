import assert from "node:assert/strict";
import { test } from "node:test";
import { GetMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { GetAccountSettingsCommand, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { openSession, toAccountError } from "#aws";
import { startDemo } from "#demo";
import { openDemoSession } from "./demoSession.ts";
import { accountError, setEnvironment, sharedFiles } from "./sharedFiles.ts";
import { startStubAws } from "./stubAws.ts";

const keys = { AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "secret" };

test("a session with the demo account says who we are there", async (t) => {
  const { demo, session } = await openDemoSession({}, t);
  assert.deepEqual(session.identity, {
    account: "123456789012",
    alias: "demo-account",
    arn: "arn:aws:iam::123456789012:user/demo",
    partition: "aws",
    region: "us-east-1",
    endpoint: demo.url,
  });
});

test("the demo account needs nothing but its address, whatever the environment says", async (t) => {
  const demo = await startDemo({ traffic: false });
  t.after(() => demo.close());
  setEnvironment(t, { AWS_USE_FIPS_ENDPOINT: "true", AWS_USE_DUALSTACK_ENDPOINT: "true", AWS_PROFILE: "gone" });
  const env = { AWS_PROFILE: "gone", AWS_REGION: "eu-west-1", AWS_ENDPOINT_URL: "http://127.0.0.1:9" };
  const session = await openSession({ demo: true, endpoint: demo.url }, { env });
  t.after(() => session.close());
  assert.deepEqual([session.identity.region, session.identity.profile], ["us-east-1", undefined]);
  await session.lambda.send(new GetAccountSettingsCommand({}));
  assert.deepEqual(await accountError(openSession({ demo: true }, { env })), [
    "failed",
    "The address of the demo account is missing. Start it with `lambda-concurrency demo` and connect to the URL that it prints.",
  ]);
});

test("calls go through the rate limiter, which counts them", async (t) => {
  const { session } = await openDemoSession({}, t);
  const settings = await session.rateLimiter.run("other", () => session.lambda.send(new GetAccountSettingsCommand({})));
  assert.equal(settings.AccountLimit?.ConcurrentExecutions, 1000);
  assert.deepEqual(session.rateLimiter.counts, { getFunction: 0, other: 1, throttled: 0 });
});

test("whoever may not read the alias, or has no IAM, works without", async (t) => {
  for (const kind of ["deny", "server-error", "throttle", "cut"] as const) {
    const faults = [{ kind, action: "ListAccountAliases" }];
    const { session } = await openDemoSession({ demo: { faults } }, t);
    assert.equal(session.identity.alias, undefined);
  }
});

test("a session of another partition says so", async (t) => {
  const { demo, session } = await openDemoSession({}, t);
  demo.account.identity = { ...demo.account.identity, arn: "arn:aws-us-gov:iam::123456789012:user/demo" };
  const other = await openSession({ demo: true, endpoint: demo.url }, { env: {} });
  t.after(() => other.close());
  assert.deepEqual([session.identity.partition, other.identity.partition], ["aws", "aws-us-gov"]);
});

test("a session ends with an error that names both as soon as its credentials are somebody else's", async (t) => {
  const { demo, session } = await openDemoSession({}, t);
  await session.verify();
  const { identity } = demo.account;
  demo.account.identity = { ...identity, account: "210987654321", arn: "arn:aws:iam::210987654321:user/demo" };
  assert.deepEqual(await accountError(session.verify()), [
    "changed",
    "The credentials now belong to account 210987654321 (arn:aws:iam::210987654321:user/demo); this session was opened for account 123456789012 (arn:aws:iam::123456789012:user/demo). Nothing was sent there. Connect again.",
  ]);
  demo.account.identity = { ...identity, arn: "arn:aws:iam::123456789012:user/other" };
  assert.deepEqual(await accountError(session.verify()), [
    "changed",
    "The credentials are now those of arn:aws:iam::123456789012:user/other; this session was opened by arn:aws:iam::123456789012:user/demo. Connect again.",
  ]);
  demo.account.identity = identity;
  await session.verify();
});

test("a check of the identity can be denied, cut off and cancelled", async (t) => {
  const { demo, session } = await openDemoSession({}, t);
  demo.account.faults.replace([{ kind: "deny", action: "GetCallerIdentity" }]);
  assert.deepEqual(await accountError(session.verify()), [
    "denied",
    "arn:aws:iam::123456789012:user/demo may not use sts:GetCallerIdentity. Add sts:GetCallerIdentity to a policy of this identity.",
  ]);
  demo.account.faults.replace([]);
  assert.deepEqual(await accountError(session.verify(AbortSignal.abort())), ["cancelled", "Cancelled."]);
});

test("credentials that expire are named with what to do, at the start and later, by profile", async (t) => {
  const demo = await startDemo({ traffic: false });
  t.after(() => demo.close());
  const files = sharedFiles(t, { ".aws/credentials": "[work]\naws_access_key_id = AKIA\naws_secret_access_key = s\n" });
  const choice = { endpoint: demo.url, region: "us-east-1", profile: "work" };
  const session = await openSession(choice, { env: files.env });
  t.after(() => session.close());
  const expired = ["expired", "The credentials have expired. Put new keys into profile work, then connect again."];
  demo.account.faults.replace([{ kind: "expired", action: "*" }]);
  assert.deepEqual(await accountError(session.lambda.send(new ListFunctionsCommand({}))), expired);
  assert.deepEqual(await accountError(session.verify()), expired);
  assert.deepEqual(await accountError(openSession(choice, { env: files.env })), expired);
  assert.deepEqual(await accountError(openSession({ ...choice, profile: "" }, { env: { ...files.env, ...keys } })), [
    "expired",
    "The credentials have expired. Put new ones into AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, then connect again.",
  ]);
});

test("the Region is the one chosen, else that of the environment, else that of the profile, else none", async (t) => {
  const stub = await startStubAws(t);
  const files = sharedFiles(t, {
    ".aws/config": "[profile work]\nregion = ap-south-1\naws_access_key_id = AKIA\naws_secret_access_key = s\n",
  });
  const regionOf = async (region: string | undefined, env: Record<string, string>) => {
    const choice = { endpoint: stub.url, profile: "work", ...(region === undefined ? {} : { region }) };
    const session = await openSession(choice, { env: { ...files.env, ...env } });
    t.after(() => session.close());
    return session.identity.region;
  };
  const both = { AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "eu-west-2" };
  assert.equal(await regionOf("sa-east-1", both), "sa-east-1");
  assert.equal(await regionOf(undefined, both), "eu-west-1");
  assert.equal(await regionOf(undefined, { AWS_DEFAULT_REGION: "eu-west-2" }), "eu-west-2");
  assert.equal(await regionOf(undefined, {}), "ap-south-1");
  files.write(".aws/config", "[profile work]\naws_access_key_id = AKIA\naws_secret_access_key = s\n");
  assert.deepEqual(await accountError(regionOf(undefined, {})), [
    "noRegion",
    "No Region is set. Choose one, or set AWS_REGION or the region of profile work.",
  ]);
  assert.deepEqual(await accountError(regionOf("evil.example/", {})), [
    "noRegion",
    '"evil.example/" is no Region. Choose one such as eu-west-1.',
  ]);
});

test("an endpoint is taken from the choice, the environment, the profile's services and the profile, for each service", async (t) => {
  const stub = await startStubAws(t);
  const demo = await startDemo({ traffic: false });
  t.after(() => demo.close());
  const dead = "http://127.0.0.1:9";
  const work = "aws_access_key_id = AKIA\naws_secret_access_key = s\nregion = us-east-1\n";
  const files = sharedFiles(t);
  const identityWith = async (config: string, env: Record<string, string>, endpoint?: string) => {
    files.write(".aws/config", `[profile work]\n${work}${config}`);
    const choice = { profile: "work", ...(endpoint === undefined ? {} : { endpoint }) };
    const session = await openSession(choice, { env: { ...files.env, ...env } });
    t.after(() => session.close());
    return [session.identity.account, session.identity.endpoint];
  };
  const ofDemo = ["123456789012", demo.url];
  assert.deepEqual(await identityWith("", { AWS_ENDPOINT_URL: dead }, demo.url), ofDemo);
  assert.deepEqual(await identityWith(`endpoint_url = ${dead}\n`, { AWS_ENDPOINT_URL: demo.url }), ofDemo);
  assert.deepEqual(await identityWith(`endpoint_url = ${demo.url}\n`, {}), ofDemo);
  const services = `services = local\nendpoint_url = ${dead}\n[services local]\n`;
  const each = ["lambda", "sts", "iam"].map((service) => `${service} =\n  endpoint_url = ${demo.url}\n`).join("");
  assert.deepEqual(await identityWith(`${services}${each}`, {}), ofDemo);
  // STS elsewhere than Lambda: the account is that of STS, the endpoint that of Lambda.
  assert.deepEqual(await identityWith("", { AWS_ENDPOINT_URL: demo.url, AWS_ENDPOINT_URL_STS: stub.url }), [
    "111122223333",
    demo.url,
  ]);
});

test("an endpoint is shown without its password, and one of AWS itself is none", async (t) => {
  const stub = await startStubAws(t);
  const endpointWith = async (lambda: string) => {
    const env = { ...keys, AWS_ENDPOINT_URL: stub.url, AWS_ENDPOINT_URL_LAMBDA: lambda };
    const session = await openSession({ region: "eu-west-1" }, { env });
    t.after(() => session.close());
    return session.identity.endpoint;
  };
  assert.equal(await endpointWith("http://me:secret@localstack.example:4566/"), "http://localstack.example:4566");
  assert.equal(await endpointWith("https://lambda.eu-west-1.amazonaws.com"), undefined);
  assert.equal(await endpointWith("https://vpce-1.lambda.eu-west-1.vpce.amazonaws.com"), undefined);
  assert.deepEqual(
    await accountError(openSession({ region: "eu-west-1", endpoint: "localhost:4566" }, { env: keys })),
    ["failed", "The endpoint localhost:4566 is no URL. It takes the form https://host or http://host:port."],
  );
});

test("emulators are asked for metrics in the protocol that all of them know", async (t) => {
  const stub = await startStubAws(t);
  const session = await openSession({ endpoint: stub.url, region: "eu-west-1" }, { env: keys });
  t.after(() => session.close());
  const query = { StartTime: new Date(0), EndTime: new Date(1), MetricDataQueries: [] };
  stub.refuse("GetMetricData", 403, "AccessDenied", "no");
  const error = await session.cloudWatch
    .send(new GetMetricDataCommand(query))
    .catch((thrown) => toAccountError(thrown));
  assert.deepEqual(["kind" in error && error.kind, stub.requests.at(-1)?.action], ["denied", "GetMetricData"]);
});
