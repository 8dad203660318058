import assert from "node:assert/strict";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { test } from "node:test";
import { accountWith, demoFor } from "./clients.ts";

const authorization = "AWS4-HMAC-SHA256 Credential=AKIDEMO/20260101/us-east-1/lambda/aws4_request";
const accepted = [200, '{"ReservedConcurrentExecutions":5}'];
const misdirected = [421, '{"message":"The demo account answers to 127.0.0.1 and localhost only."}'];
const forbidden = [403, '{"message":"The demo account does not answer web pages."}'];

for (const [who, headers, expected] of [
  ["a tool", {}, accepted],
  ["a tool by another name of this machine", { host: "localhost:4599" }, accepted],
  ["a tool by a name under localhost", { host: "lambda.localhost:4599" }, accepted],
  ["a tool by IPv6", { host: "[::1]:4599" }, accepted],
  ["somebody who typed the address", { "sec-fetch-site": "none" }, accepted],
  ["a page whose host name leads here", { host: "rebound.example:4599" }, misdirected],
  ["a page whose host name looks like this machine's", { host: "127.0.0.1.rebound.example" }, misdirected],
  ["a page whose host name ends like this machine's", { host: "reboundlocalhost" }, misdirected],
  ["a page elsewhere", { origin: "https://page.example" }, forbidden],
  ["a page in a file or a frame without origin", { origin: "null" }, forbidden],
  ["an image of a page elsewhere", { "sec-fetch-site": "cross-site" }, forbidden],
  ["a page of another port of this machine", { "sec-fetch-site": "same-site" }, forbidden],
  ["a page that the account itself gave", { origin: "http://127.0.0.1", "sec-fetch-site": "same-origin" }, forbidden],
] as const) {
  test(`a change wanted by ${who} is ${expected === accepted ? "made" : "not made"}`, async (t) => {
    const { url, account } = await demoFor(t, accountWith({ a: 1 }));
    const asked = request(`${url}/2017-10-31/functions/a/concurrency`, {
      method: "PUT",
      headers: { authorization, "content-type": "application/json", ...headers },
    });
    asked.end('{"ReservedConcurrentExecutions":5}');
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    const body = Buffer.concat(await answer.toArray()).toString();
    assert.deepEqual([answer.statusCode, body], expected);
    const reserved = account.region("us-east-1").state.functions.map((subject) => subject.reserved);
    assert.deepEqual(reserved, [expected === accepted ? 5 : 1]);
  });
}

test("a browser that asks whether a page may change something is told no", async (t) => {
  const { url } = await demoFor(t, accountWith({ a: 1 }));
  const asked = request(`${url}/2017-10-31/functions/a/concurrency`, {
    method: "OPTIONS",
    headers: { origin: "https://page.example", "access-control-request-method": "PUT" },
  });
  asked.end();
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  answer.resume();
  const allowed = Object.keys(answer.headers).filter((name) => name.startsWith("access-control-"));
  assert.deepEqual([answer.statusCode, allowed], [403, []]);
});

test("a page runs no function by its URL", async (t) => {
  const { url, account } = await demoFor(t, { account: { functions: [{ name: "a", url: true }] } });
  const status = async (headers: Readonly<Record<string, string>>) =>
    (await fetch(`${url}/demo/url/a/`, { headers })).status;
  assert.equal(await status({ origin: "https://page.example" }), 403);
  assert.equal(account.region("us-east-1").metrics.series.size, 0);
});
