import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import {
  DeleteFunctionConcurrencyCommand,
  GetFunctionCommand,
  GetFunctionConcurrencyCommand,
  GetFunctionEventInvokeConfigCommand,
  LambdaClient,
  ListFunctionsCommand,
  PutFunctionConcurrencyCommand,
} from "@aws-sdk/client-lambda";
import { GetServiceQuotaCommand, ServiceQuotasClient } from "@aws-sdk/client-service-quotas";
import { parseFault } from "#demo";
import { startMoto, withoutMoto } from "../support/motoServer.ts";
import { clientConfig, demoFor, refusal } from "./clients.ts";

const names = Array.from({ length: 60 }, (_, index) => `f${index}`);

async function demoLikeMoto(t: TestContext): Promise<string> {
  const fault = parseFault("moto");
  if (typeof fault === "string") throw new Error(fault);
  const functions = names.map((name) => ({ name }));
  return (await demoFor(t, { account: { functions }, faults: [fault] })).url;
}

const authorization = "AWS4-HMAC-SHA256 Credential=AKIDEMO/20260101/us-east-1/lambda/aws4_request";

/** Status and kind of an answer that the SDK cannot read. */
async function page(url: string, path: string, init: RequestInit = {}): Promise<readonly unknown[]> {
  const headers = { authorization, "content-type": "application/json" };
  const answer = await fetch(`${url}${path}`, { ...init, headers });
  return [answer.status, answer.headers.get("content-type"), (await answer.text()).split("\n")[0]];
}

const html = [404, "text/html; charset=utf-8", "<!doctype html>"];

for (const [who, start, skip] of [
  ["the demo account with the fault moto", demoLikeMoto, false],
  ["moto_server", (t: TestContext) => startMoto(t, names), withoutMoto],
] as const) {
  test(`${who} answers otherwise than AWS in these ways`, { skip }, async (t) => {
    const url = await start(t);
    const lambda = new LambdaClient(clientConfig(url));
    const put = async (FunctionName: string, ReservedConcurrentExecutions: number) =>
      (await lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions })))
        .ReservedConcurrentExecutions;
    const shown = async (FunctionName: string) =>
      (await lambda.send(new GetFunctionCommand({ FunctionName }))).Concurrency?.ReservedConcurrentExecutions;
    const counted = async (FunctionName: string) =>
      (await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }))).ReservedConcurrentExecutions;

    assert.deepEqual(await page(url, "/2016-08-19/account-settings"), html);
    assert.deepEqual(await page(url, "/2019-09-30/functions/f0/provisioned-concurrency?List=ALL"), html);
    assert.deepEqual(await page(url, "/2021-10-31/functions/f0/urls"), html);

    const { Functions = [], NextMarker } = await lambda.send(new ListFunctionsCommand({ MaxItems: 5 }));
    assert.deepEqual([Functions.length, NextMarker], [60, undefined]);

    assert.deepEqual([await put("f0", 5000), await shown("f0"), await counted("f0")], [5000, 5000, 5000]);
    assert.deepEqual([await put("f0", 0), await shown("f0"), await counted("f0")], [0, undefined, 0]);
    await lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: "f0" }));
    assert.deepEqual([await shown("f0"), await counted("f0")], [undefined, undefined]);

    const arn = "arn:aws:lambda:us-east-1:123456789012:function";
    const missing = (name: string) => ["ResourceNotFoundException", 404, `Function not found: ${arn}:${name}`];
    assert.deepEqual(await refusal(put("nope", 5)), missing("nope"));
    assert.deepEqual(await refusal(put("f0:live", 5)), missing("f0:live"));
    const latest = { method: "PUT", body: '{"ReservedConcurrentExecutions":5}' };
    assert.deepEqual(await page(url, "/2017-10-31/functions/f0:$LATEST/concurrency", latest), html);

    const destinations = new GetFunctionEventInvokeConfigCommand({ FunctionName: "f0" });
    const [name, status] = await refusal(lambda.send(destinations));
    assert.deepEqual([name, status], ["ResourceNotFoundException", 404]);
    const quota = new GetServiceQuotaCommand({ ServiceCode: "lambda", QuotaCode: "L-B99A9384" });
    assert.deepEqual(await refusal(new ServiceQuotasClient(clientConfig(url)).send(quota)), [
      "NoSuchResourceException",
      400,
      "This service is not available in the current Region. Choose a different Region or a different service.",
    ]);
  });
}
