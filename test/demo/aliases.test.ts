import assert from "node:assert/strict";
import { test } from "node:test";
import {
  DeleteAliasCommand,
  GetAccountSettingsCommand,
  LambdaClient,
  ListAliasesCommand,
  ListProvisionedConcurrencyConfigsCommand,
  PutFunctionConcurrencyCommand,
  PutProvisionedConcurrencyConfigCommand,
} from "@aws-sdk/client-lambda";
import { accountWith, clientConfig, demoFor, refusal } from "./clients.ts";

const FunctionName = "a";
const drop = (Name: string) => new DeleteAliasCommand({ FunctionName, Name });

test("with an alias its provisioned concurrency goes, and the pool has it back", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t, accountWith({ a: null }))).url));
  const unreserved = async () =>
    (await lambda.send(new GetAccountSettingsCommand({}))).AccountLimit?.UnreservedConcurrentExecutions;
  const provisioned = { FunctionName, Qualifier: "live", ProvisionedConcurrentExecutions: 5 };
  await lambda.send(new PutProvisionedConcurrencyConfigCommand(provisioned));
  assert.equal(await unreserved(), 995);
  assert.equal((await lambda.send(drop("live"))).$metadata.httpStatusCode, 204);
  assert.equal(await unreserved(), 1000);
  const list = await lambda.send(new ListProvisionedConcurrencyConfigsCommand({ FunctionName }));
  assert.deepEqual(list.ProvisionedConcurrencyConfigs, []);
  const { Aliases = [] } = await lambda.send(new ListAliasesCommand({ FunctionName }));
  assert.deepEqual(
    Aliases.map(({ Name }) => Name),
    ["next"],
  );
  const off = new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 });
  assert.equal((await lambda.send(off)).ReservedConcurrentExecutions, 0);
});

test("an alias that is not there is deleted too; a number is no alias", async (t) => {
  const lambda = new LambdaClient(clientConfig((await demoFor(t, accountWith({ a: null }))).url));
  assert.equal((await lambda.send(drop("nope"))).$metadata.httpStatusCode, 204);
  assert.deepEqual((await refusal(lambda.send(drop("1")))).slice(0, 2), ["ValidationException", 400]);
});
