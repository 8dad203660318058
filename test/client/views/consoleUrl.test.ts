import assert from "node:assert/strict";
import { test } from "node:test";
import { consoleUrl } from "#client/views/consoleUrl.ts";
import { identity } from "./support.ts";

test("the console of a function is that of its partition and Region", () => {
  assert.equal(
    consoleUrl(identity, "orders"),
    "https://us-east-1.console.aws.amazon.com/lambda/home?region=us-east-1#/functions/orders?tab=configure",
  );
  assert.equal(
    consoleUrl({ ...identity, partition: "aws-cn", region: "cn-north-1" }, "orders"),
    "https://cn-north-1.console.amazonaws.cn/lambda/home?region=cn-north-1#/functions/orders?tab=configure",
  );
});

test("there is none for an endpoint that is not that of AWS, nor for a partition without a public console", () => {
  assert.equal(consoleUrl({ ...identity, endpoint: "http://127.0.0.1:4566" }, "orders"), undefined);
  assert.equal(consoleUrl({ ...identity, partition: "aws-iso", region: "us-iso-east-1" }, "orders"), undefined);
});
