import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { GetFunctionCommandOutput, ListFunctionsCommandOutput } from "@aws-sdk/client-lambda";
import { AccountError, readSnapshot, type Session } from "#aws";
import { complaints, progressOf, sceneFor } from "./support.ts";

/** Changes what Lambda answers to an operation before the reading sees it. */
function doctored<T extends object>(session: Session, operation: string, change: (output: T) => Partial<T>): void {
  session.lambda.middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next(args);
      if (context.commandName === `${operation}Command`) Object.assign(result.output, change(result.output as T));
      return result;
    },
    { step: "initialize" },
  );
}

test("empty pages do not end the list", async (t) => {
  const { session, faults, calls } = await sceneFor(t, { more: 120 });
  faults({ kind: "empty-pages", action: "ListFunctions" });
  assert.equal(progressOf(await readSnapshot(session)), "complete 120/120");
  assert.equal(calls().ListFunctions, 6);
});

test("a marker that comes twice ends the list and makes it partial", async (t) => {
  const { session, calls } = await sceneFor(t, { more: 60 });
  doctored<ListFunctionsCommandOutput>(session, "ListFunctions", () => ({ NextMarker: "again" }));
  const snapshot = await readSnapshot(session);
  assert.equal(progressOf(snapshot), "partial 50/50");
  assert.deepEqual(snapshot.problems, [
    {
      action: "lambda:ListFunctions",
      message: "lambda:ListFunctions gave the same page twice, so the list is not complete. Read again later.",
    },
  ]);
  assert.equal(calls().ListFunctions, 2);
});

test("empty pages without end are given up after 50", async (t) => {
  const { session, calls } = await sceneFor(t, { more: 60 });
  let page = 0;
  doctored<ListFunctionsCommandOutput>(session, "ListFunctions", () => ({ Functions: [], NextMarker: `${page++}` }));
  assert.deepEqual(complaints(await readSnapshot(session)), ["lambda:ListFunctions"]);
  assert.equal(calls().ListFunctions, 50);
});

test("ever new functions are given up when they are many more than Lambda counts", async (t) => {
  const { session, calls } = await sceneFor(t, { more: 60 });
  let page = 0;
  doctored<ListFunctionsCommandOutput>(session, "ListFunctions", ({ Functions = [] }) => {
    page++;
    const renamed = Functions.map(({ FunctionName, FunctionArn }) => ({
      FunctionName: `${FunctionName}-${page}`,
      FunctionArn: `${FunctionArn}-${page}`,
    }));
    return { Functions: renamed, NextMarker: `${page}` };
  });
  const snapshot = await readSnapshot(session);
  assert.deepEqual(snapshot.problems, [
    {
      action: "lambda:ListFunctions",
      message:
        "Lambda counts 60 functions, but ListFunctions gives 1150 and more, so the list is not complete. Read again later.",
    },
  ]);
  assert.equal(calls().ListFunctions, 23);
});

test("a function that is deleted while its page is read is left out", async (t) => {
  const { session, demo } = await sceneFor(t, { more: 10 });
  doctored<ListFunctionsCommandOutput>(session, "ListFunctions", () => {
    demo.account.region("us-east-1").state.functions.splice(8, 2);
    return {};
  });
  const snapshot = await readSnapshot(session);
  assert.equal(progressOf(snapshot), "complete 8/8");
  assert.deepEqual(snapshot.problems, []);
});

test("a function that slips onto a second page is there once", async (t) => {
  const { session } = await sceneFor(t, { more: 60 });
  doctored<ListFunctionsCommandOutput>(session, "ListFunctions", ({ Functions = [] }) => ({
    Functions: [
      ...Functions,
      { FunctionName: "twice", FunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:twice" },
    ],
  }));
  const snapshot = await readSnapshot(session);
  // "twice" is no function of the account, so asking for it shows that it was deleted.
  assert.equal(progressOf(snapshot), "complete 60/60");
});

test("a function of another account ends the reading", async (t) => {
  const { session } = await sceneFor(t, { more: 3 });
  doctored<ListFunctionsCommandOutput>(session, "ListFunctions", () => ({
    Functions: [{ FunctionName: "x", FunctionArn: "arn:aws:lambda:us-east-1:210987654321:function:x" }],
  }));
  await assert.rejects(readSnapshot(session), (error) => {
    assert.ok(error instanceof AccountError);
    assert.equal(error.kind, "changed");
    assert.match(error.message, /Connected to account 123456789012, .* account 210987654321/);
    return true;
  });
});

test("functions on Managed Instances are outside the pool", async (t) => {
  const { session } = await sceneFor(t, { more: 2 });
  doctored<GetFunctionCommandOutput>(session, "GetFunction", ({ Configuration }) => ({
    Configuration: {
      ...Configuration,
      CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: "arn:x" } },
    },
  }));
  const { functions } = await readSnapshot(session);
  assert.deepEqual(
    functions.map(({ outsidePool }) => outsidePool),
    ["runs on Managed Instances", "runs on Managed Instances"],
  );
});

test("tags that GetFunction may not show come from the tagging API", async (t) => {
  const tags = { "aws:cloudformation:stack-name": "shop", "aws:cloudformation:logical-id": "A", team: "x" };
  const { session, calls } = await sceneFor(t, { functions: [{ name: "a", tags }] });
  doctored<GetFunctionCommandOutput>(session, "GetFunction", () => ({
    Tags: {},
    TagsError: { ErrorCode: "AccessDeniedException", Message: "lambda:ListTags" },
  }));
  const snapshot = await readSnapshot(session);
  assert.deepEqual(snapshot.functions[0]?.stack, { name: "shop", logicalId: "A" });
  assert.equal(calls().GetResources, 1);
});

test("nothing secret is kept: no variables, no code, no tags of others", async (t) => {
  const functions = [
    {
      name: "a",
      environment: { PASSWORD: "swordfish" },
      tags: {
        "aws:cloudformation:stack-name": "shop",
        "aws:cloudformation:logical-id": "A",
        "aws:cloudformation:stack-id": "stack-4711",
        "cost-center": "cc-4711",
        "lambda-concurrency:kill:1": "v1.abc",
      },
    },
  ];
  const { session } = await sceneFor(t, { functions });
  const shown: string[] = [];
  const snapshot = await readSnapshot(session, { onProgress: (state) => shown.push(JSON.stringify(state)) });
  assert.deepEqual(Object.keys(snapshot.functions[0] ?? {}).sort(), [
    "architecture",
    "arn",
    "killTags",
    "memory",
    "name",
    "readAt",
    "reserved",
    "runtime",
    "stack",
    "timeout",
  ]);
  assert.deepEqual(snapshot.functions[0]?.killTags, { "lambda-concurrency:kill:1": "v1.abc" });
  assert.doesNotMatch(shown.join(), /swordfish|PASSWORD|4711|\/demo\/code\/|stack-id|cost-center/);
});

/** An endpoint that leaves a reservation of 0 out of GetFunction, as LocalStack does. */
async function emulator(t: TestContext) {
  const scene = await sceneFor(t, {
    functions: [{ name: "off", reserved: 0 }, { name: "one", reserved: 1 }, { name: "free" }],
  });
  doctored<GetFunctionCommandOutput>(scene.session, "GetFunction", ({ Concurrency, Code }) => ({
    Concurrency: Concurrency?.ReservedConcurrentExecutions === 0 ? undefined : Concurrency,
    Code: { ...Code, Location: "http://s3.localhost.localstack.cloud:4566/tasks/code" },
  }));
  return scene;
}

test("at an endpoint that may leave 0 out, functions without a reservation are asked for again", async (t) => {
  const { session, calls } = await emulator(t);
  const { functions } = await readSnapshot(session);
  assert.deepEqual(
    functions.map(({ name, reserved }) => [name, reserved]),
    [
      ["free", null],
      ["off", 0],
      ["one", 1],
    ],
  );
  assert.equal(calls().GetFunctionConcurrency, 2);
});

test("what AWS shows is trusted, unless the function was switched off by this product", async (t) => {
  const { session, calls } = await emulator(t);
  const { functions } = await readSnapshot({ ...session, identity: withoutEndpoint(session) });
  assert.deepEqual(
    functions.map(({ name, reserved }) => [name, reserved]),
    [
      ["free", null],
      ["off", null],
      ["one", 1],
    ],
  );
  assert.equal(calls().GetFunctionConcurrency, undefined);
  doctored<GetFunctionCommandOutput>(session, "GetFunction", () => ({ Tags: { "lambda-concurrency:kill:1": "x" } }));
  const again = await readSnapshot({ ...session, identity: withoutEndpoint(session) });
  assert.equal(again.functions.find(({ name }) => name === "off")?.reserved, 0);
});

function withoutEndpoint({ identity: { endpoint: _, ...identity } }: Session) {
  return identity;
}
