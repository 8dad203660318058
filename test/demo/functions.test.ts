import assert from "node:assert/strict";
import { test } from "node:test";
import {
  GetAccountSettingsCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetFunctionUrlConfigCommand,
  LambdaClient,
  ListAliasesCommand,
  ListFunctionsCommand,
  ListTagsCommand,
  ListVersionsByFunctionCommand,
  paginateListFunctions,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-lambda";
import { parseFault } from "#demo";
import { accountWith, clientConfig, demoFor, refusal } from "./clients.ts";

const arn = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;

test("the default account has the functions of the example workspace with the tags of its stack", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t)).url));
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  const rows = await Promise.all(
    Functions.map(async ({ FunctionName, FunctionArn }) => {
      const { Tags } = await lambda.send(new ListTagsCommand({ Resource: FunctionArn }));
      return [FunctionName, Tags?.["aws:cloudformation:stack-name"], Tags?.["aws:cloudformation:logical-id"]];
    }),
  );
  assert.deepEqual(rows, [
    ["blog-thumbnails", "concurrency-blog", "Thumbnails"],
    ["blog-search", "concurrency-blog", "Search"],
    ["blog-comments", "concurrency-blog", "Comments"],
    ["blog-newsletter", "concurrency-blog", "Newsletter"],
    ["concurrencyBlog01", "concurrency-blog", "ConcurrencyBlog01"],
    ["blog-archive", undefined, undefined],
  ]);
});

test("a page of functions holds 50 at most, and says nothing about concurrency or state", async (t) => {
  const { url } = await demoFor(t, { account: { more: 120 } });
  const lambda = new LambdaClient(clientConfig(url));
  const pages: number[] = [];
  const names = new Set<string | undefined>();
  for await (const { Functions = [] } of paginateListFunctions({ client: lambda, pageSize: 1000 }, {})) {
    pages.push(Functions.length);
    for (const { FunctionName } of Functions) names.add(FunctionName);
  }
  assert.deepEqual(pages, [50, 50, 20]);
  assert.equal(names.size, 120);
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({ MaxItems: 1 }));
  assert.equal(Functions.length, 1);
  assert.equal(
    Object.keys(Functions[0] ?? {}).some((key) => /concurr|^State$/i.test(key)),
    false,
  );
});

test("a page may be empty and yet not be the last", async (t) => {
  const fault = parseFault("empty-pages:ListFunctions");
  if (typeof fault === "string") throw new Error(fault);
  const { url } = await demoFor(t, { account: { more: 60 }, faults: [fault] });
  const pages: number[] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client: new LambdaClient(clientConfig(url)) }, {}))
    pages.push(Functions.length);
  assert.deepEqual(pages, [0, 50, 0, 10]);
});

test("all versions are listed when asked for", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t, accountWith({ a: 1 }))).url));
  const { Functions } = await lambda.send(new ListFunctionsCommand({ FunctionVersion: "ALL" }));
  assert.deepEqual(
    Functions?.map(({ Version }) => Version),
    ["$LATEST", "1", "2"],
  );
});

test("another Region has no functions", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t)).url, "eu-central-1"));
  assert.deepEqual((await lambda.send(new ListFunctionsCommand({}))).Functions, []);
});

test("a configuration says its state, version and ARN", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t, accountWith({ a: 1 }))).url));
  const command = new GetFunctionConfigurationCommand({ FunctionName: "a", Qualifier: "next" });
  const { FunctionArn, Version, State } = await lambda.send(command);
  assert.deepEqual([FunctionArn, Version, State], [`${arn("a")}:next`, "2", "Active"]);
});

test("versions and aliases are listed", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t, accountWith({ a: 1 }))).url));
  const { Versions } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName: "a" }));
  assert.deepEqual(
    Versions?.map(({ FunctionArn }) => FunctionArn),
    [`${arn("a")}:$LATEST`, `${arn("a")}:1`, `${arn("a")}:2`],
  );
  const { Aliases } = await lambda.send(new ListAliasesCommand({ FunctionName: "a" }));
  assert.deepEqual(
    Aliases?.map(({ AliasArn, FunctionVersion }) => [AliasArn, FunctionVersion]),
    [
      [`${arn("a")}:live`, "1"],
      [`${arn("a")}:next`, "2"],
    ],
  );
});

test("tags are set, read and removed; those of AWS stay", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t)).url));
  const Resource = arn("blog-search");
  await lambda.send(new TagResourceCommand({ Resource, Tags: { "lambda-concurrency:kill:1": "v1.abc=", team: "x" } }));
  await lambda.send(new UntagResourceCommand({ Resource, TagKeys: ["team"] }));
  const { Tags = {} } = await lambda.send(new ListTagsCommand({ Resource }));
  assert.equal(Tags["lambda-concurrency:kill:1"], "v1.abc=");
  assert.equal("team" in Tags, false);
  assert.equal(
    (await refusal(lambda.send(new TagResourceCommand({ Resource, Tags: { "aws:x": "1" } }))))[0],
    "InvalidParameterValueException",
  );
});

test("a function has 50 tags of its own at most, and a value 256 characters", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t)).url));
  const Resource = arn("blog-search");
  const fifty = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, "v".repeat(256)]));
  await lambda.send(new TagResourceCommand({ Resource, Tags: fifty }));
  for (const Tags of [{ more: "1" }, { k0: "v".repeat(257) }, { k0: '{"json":1}' }])
    assert.equal(
      (await refusal(lambda.send(new TagResourceCommand({ Resource, Tags }))))[0],
      "InvalidParameterValueException",
    );
});

test("a function URL calls the function, and answers 429 at reservation 0", async (t) => {
  const { url, clock, account } = await demoFor(t);
  const lambda = new LambdaClient(clientConfig(url));
  const { FunctionUrl = "" } = await lambda.send(new GetFunctionUrlConfigCommand({ FunctionName: "blog-search" }));
  const response = fetch(FunctionUrl);
  while (account.region("us-east-1").invocations.running("blog-search") === 0)
    await new Promise((resolve) => setImmediate(resolve));
  clock.advance(60_000);
  assert.equal((await response).status, 200);
  const off = account.region("us-east-1").state.functions.find(({ name }) => name === "blog-search");
  Object.assign(off ?? {}, { reserved: 0, provisioned: [] });
  assert.equal((await fetch(FunctionUrl)).status, 429);
});

test("a function on Managed Instances says so in lists and alone, and takes nothing from the pool", async (t) => {
  const capacityProvider = "arn:aws:lambda:us-east-1:123456789012:capacity-provider:main";
  const functions = [{ name: "a", capacityProvider, versions: 1, provisioned: { 1: 50 } }];
  const demo = await demoFor(t, { account: { limit: 10, floor: 10, functions } });
  const lambda = new LambdaClient(clientConfig(demo.url));
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  const { Configuration } = await lambda.send(new GetFunctionCommand({ FunctionName: "a" }));
  const expected = { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: capacityProvider } };
  assert.deepEqual([Functions[0]?.CapacityProviderConfig, Configuration?.CapacityProviderConfig], [expected, expected]);
  const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
  assert.equal(AccountLimit?.UnreservedConcurrentExecutions, 10);
  const { invocations, state } = demo.account.region("us-east-1");
  const [subject] = state.functions;
  assert.ok(subject);
  const started = Array.from({ length: 20 }, () => invocations.start(subject, undefined, demo.clock.now()));
  assert.equal(started.filter((admission) => "slot" in admission).length, 20);
});
