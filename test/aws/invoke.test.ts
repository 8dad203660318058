import assert from "node:assert/strict";
import { test } from "node:test";
import { signedInvoke } from "#aws";
import { virtualAccount } from "./apply/virtualSession.ts";

test("an invocation is signed by the SDK and taken by the account, without having been sent before", async (t) => {
  const { session, calls } = await virtualAccount(t, { account: { functions: [{ name: "orders" }] } });
  const { request } = await signedInvoke(session, { name: "orders", qualifier: "$LATEST", payload: '{"a":1}' });
  assert.deepEqual(calls, []);
  const { url, method, headers, body } = request();
  assert.equal(
    `${method} ${url.pathname}${url.search}`,
    "POST /2015-03-31/functions/orders/invocations?Qualifier=%24LATEST",
  );
  assert.match(
    headers.authorization ?? "",
    /^AWS4-HMAC-SHA256 Credential=AKIDEMO\/\d{8}\/us-east-1\/lambda\/aws4_request/,
  );
  assert.equal(Buffer.from(body ?? []).toString(), '{"a":1}');
  assert.deepEqual([headers.host, headers["content-length"]], [undefined, undefined]);
});

test("a signature is used again for 30 seconds, then the next request has a new one", async (t) => {
  const { session } = await virtualAccount(t, { account: { functions: [{ name: "orders" }] } });
  let now = 0;
  const { request } = await signedInvoke(session, { name: "orders" }, () => now);
  const first = request();
  now = 30_000;
  assert.equal(request(), first);
  now = 30_001;
  // It is made while the old one serves.
  assert.equal(request(), first);
  while (request() === first) await new Promise((resolve) => setImmediate(resolve));
  assert.notEqual(request(), first);
});
