import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { type TestContext, test } from "node:test";
import type { LoadRun, LoadShape } from "#core";
import { startDemo } from "#demo";
import { type HttpRequest, httpTarget, type LoadOptions, runLoad } from "#load";

async function serverOf(t: TestContext, listener: RequestListener): Promise<URL> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/path?x=1`);
}

async function run(request: HttpRequest, shape: LoadShape, options?: LoadOptions): Promise<LoadRun> {
  const target = httpTarget(() => request);
  try {
    return await runLoad(target, shape, options);
  } finally {
    await target.close();
  }
}

const closed = (requests: number, workers: number): LoadShape => ({ kind: "closed", requests, workers });

test("each worker keeps one connection, and the time to open them is counted", async (t) => {
  const url = await serverOf(t, (_, response) => response.end("ok"));
  const { outcomes, statuses, connections, target } = await run({ url }, closed(100, 5));
  assert.equal(outcomes.served.count, 100);
  assert.deepEqual(statuses, { 200: 100 });
  assert.equal(connections?.opened, 5);
  assert.equal(target, url.href);
});

test("method, headers and body arrive as they were given", async (t) => {
  const seen: unknown[] = [];
  const url = await serverOf(t, (request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text) => {
      body += text;
    });
    request.on("end", () => {
      seen.push([request.method, request.url, request.headers["x-team"], body]);
      response.end();
    });
  });
  const body = Buffer.from('{"a":1}');
  await run({ url, headers: { "x-team": "orders" }, body }, closed(1, 1));
  await run({ url, method: "DELETE" }, closed(1, 1));
  assert.deepEqual(seen, [
    ["POST", "/path?x=1", "orders", '{"a":1}'],
    ["DELETE", "/path?x=1", undefined, ""],
  ]);
});

test("answers are told apart by status, the limit that Lambda names, and whether API Gateway gave them", async (t) => {
  const answers: readonly (readonly [number, Record<string, string>, string])[] = [
    [200, {}, ""],
    [302, { location: "/" }, ""],
    [429, {}, '{"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded","Type":"User"}'],
    [429, {}, "slow down"],
    [429, { "apigw-requestid": "a" }, '{"message":"Too Many Requests"}'],
    [500, { "x-amz-apigw-id": "b" }, '{"message":"Internal server error"}'],
    [503, { "apigw-requestid": "c" }, '{"message":"Service Unavailable"}'],
    [500, {}, ""],
    [502, {}, ""],
    [404, {}, ""],
  ];
  let next = 0;
  const url = await serverOf(t, (_, response) => {
    const [status, headers, body] = answers[next++] ?? [200, {}, ""];
    response.writeHead(status, headers).end(body);
  });
  const { outcomes, reasons, failures, maybeThrottled } = await run({ url }, closed(answers.length, 1));
  assert.deepEqual(
    Object.values(outcomes).map(({ count }) => count),
    [2, 3, 5, 0],
  );
  assert.deepEqual(reasons, {
    ReservedFunctionConcurrentInvocationLimitExceeded: 1,
    "limit not named": 1,
    "API Gateway": 1,
  });
  assert.deepEqual(failures, { "HTTP 500": 2, "HTTP 503": 1, "HTTP 502": 1, "HTTP 404": 1 });
  assert.equal(maybeThrottled, 2);
});

test("a refused connection and one that is cut are failures without a status", async (t) => {
  const url = await serverOf(t, (request) => request.socket.destroy());
  const cut = await run({ url }, closed(3, 1));
  assert.deepEqual([cut.failures, cut.statuses], [{ "connection closed": 3 }, {}]);
  const refused = await run({ url: new URL("http://127.0.0.1:1/") }, closed(3, 1));
  assert.deepEqual([refused.failures, refused.connections?.opened], [{ ECONNREFUSED: 3 }, 0]);
});

test("after a timeout a new connection is used", async (t) => {
  let first = true;
  const url = await serverOf(t, (_, response) => {
    if (!first) response.end("ok");
    first = false;
  });
  const { outcomes, connections } = await run({ url }, closed(3, 1), { timeout: 100 });
  assert.deepEqual([outcomes["timed-out"].count, outcomes.served.count, connections?.opened], [1, 2, 2]);
});

test("a function URL of the demo account is throttled by its reservation, for the reason that Lambda names", async (t) => {
  const demo = await startDemo({
    traffic: false,
    account: { functions: [{ name: "api", url: true, reserved: 0 }] },
  });
  t.after(() => demo.close());
  const { reasons, statuses } = await run({ url: new URL(`${demo.url}/demo/url/api/`) }, closed(20, 4));
  assert.deepEqual(reasons, { ReservedFunctionConcurrentInvocationLimitExceeded: 20 });
  assert.deepEqual(statuses, { 429: 20 });
});

test("requests go through a proxy that is named, one tunnel for each worker", async (t) => {
  const url = await serverOf(t, (_, response) => response.end("ok"));
  const tunnels: unknown[] = [];
  const proxy = createServer();
  proxy.on("connect", (request, socket) => {
    tunnels.push(request.url);
    const onward = connect(Number(url.port), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      onward.pipe(socket).pipe(onward);
    });
    for (const end of [socket, onward]) end.on("error", () => {});
    t.after(() => onward.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  t.after(() => proxy.close());
  const target = httpTarget(() => ({ url }), { proxy: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` });
  const { outcomes, connections } = await runLoad(target, closed(20, 2));
  await target.close();
  assert.deepEqual([outcomes.served.count, connections], [20, null]);
  assert.deepEqual(tunnels, [url.host, url.host]);
});
