import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer as createHttpServer, type RequestListener } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, connect, createServer, type Server } from "node:net";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { GetAccountSettingsCommand, ListFunctionsCommand, PutFunctionConcurrencyCommand } from "@aws-sdk/client-lambda";
import { openSession, type SessionHost, toAccountError } from "#aws";
import { openDemoSession } from "./demoSession.ts";
import { accountError, setEnvironment, sharedFiles } from "./sharedFiles.ts";
import { createStubAws } from "./stubAws.ts";

async function listen(test: TestContext, server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  test.after(() => server.close());
  return (server.address() as AddressInfo).port;
}

const keys = { AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "secret" };

async function accountAt(test: TestContext, endpoint: string, host: Partial<SessionHost> = {}): Promise<string> {
  const session = await openSession({ endpoint, region: "eu-west-1" }, { ...host, env: { ...keys, ...host.env } });
  test.after(() => session.close());
  return session.identity.account;
}

test("an answer that does not come is given up", async (t) => {
  const demo = await openDemoSession({ host: { limits: { answer: 100 } } }, t);
  demo.demo.account.faults.replace([{ kind: "slow", action: "ListFunctions", ms: 60_000 }]);
  const { lambda } = demo.session;
  const error = await lambda
    .send(new ListFunctionsCommand({}))
    .catch((thrown) => toAccountError(thrown, "lambda:ListFunctions"));
  assert.deepEqual(
    { ...error },
    { kind: "timeout", action: "lambda:ListFunctions", floor: undefined, name: "AccountError" },
  );
});

test("an answer that stops in the middle is given up", async (t) => {
  const { listener } = createStubAws();
  const stalling: RequestListener = (request, response) => {
    if (request.method !== "GET") return listener(request, response);
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write("{");
  };
  const server = createHttpServer(stalling);
  t.after(() => server.closeAllConnections());
  const endpoint = `http://127.0.0.1:${await listen(t, server)}`;
  const session = await openSession({ endpoint, region: "eu-west-1" }, { env: keys, limits: { answer: 200 } });
  t.after(() => session.close());
  const error = await session.lambda.send(new GetAccountSettingsCommand({})).catch((thrown) => toAccountError(thrown));
  assert.ok("kind" in error);
  assert.equal(error.kind, "timeout");
});

/** A session with a server that answers who is there, and everything else as `answer` does. */
async function sessionWith(t: TestContext, answer: RequestListener, limits: NonNullable<SessionHost["limits"]> = {}) {
  const { listener } = createStubAws();
  const server = createHttpServer((request, response) =>
    request.method === "GET" ? answer(request, response) : listener(request, response),
  );
  t.after(() => server.closeAllConnections());
  const port = await listen(t, server);
  const endpoint = `http://127.0.0.1:${port}`;
  const session = await openSession({ endpoint, region: "eu-west-1" }, { env: keys, limits });
  t.after(() => session.close());
  return { session, host: `127.0.0.1:${port}` };
}

const settings = new GetAccountSettingsCommand({});

test("an answer that trickles on is given up", async (t) => {
  const trickling: RequestListener = (_request, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const timer = setInterval(() => response.write(" "), 5);
    response.on("close", () => clearInterval(timer));
  };
  const { session, host } = await sessionWith(t, trickling, { wholeAnswer: 100 });
  await assert.rejects(session.lambda.send(settings), {
    kind: "timeout",
    action: "lambda:GetAccountSettings",
    message: `${host} did not finish its answer within 0.1 seconds. Check the network and the proxy, then try again.`,
  });
});

test("an answer that does not end is given up after 16 MB, and its connection is closed", async (t) => {
  const MB = 1024 * 1024;
  let sent = 0;
  let closed = () => {};
  const end = new Promise<void>((resolve) => {
    closed = resolve;
  });
  const endless: RequestListener = (_request, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(MB, 32))) sent += MB;
      sent += MB;
    };
    response.on("drain", more).on("close", closed);
    more();
  };
  const { session, host } = await sessionWith(t, endless);
  await assert.rejects(session.lambda.send(settings), {
    kind: "failed",
    action: "lambda:GetAccountSettings",
    message: `${host} sent more than 16 MB in one answer, which no AWS service does here. Check the endpoint and the proxy.`,
  });
  await end;
  // What the system's buffers hold was sent as well.
  assert.equal(sent < 64 * MB, true);
});

test("a redirect is followed nowhere", async (t) => {
  const asked: (string | undefined)[] = [];
  const redirecting: RequestListener = (request, response) => {
    asked.push(request.url);
    response.writeHead(307, { location: "/elsewhere" }).end();
  };
  const { session } = await sessionWith(t, redirecting);
  const error = await session.lambda
    .send(settings)
    .catch((thrown) => toAccountError(thrown, "lambda:GetAccountSettings"));
  assert.deepEqual(
    [error instanceof Error && error.message, asked],
    [
      "Lambda answered with a redirect (307), which no AWS service does and which is not followed. Check the endpoint and the proxy.",
      ["/2016-08-19/account-settings"],
    ],
  );
});

test("an answer that does not come is waited for once, by every client", async (t) => {
  let asked = 0;
  const server = createHttpServer(() => asked++);
  t.after(() => server.closeAllConnections());
  const endpoint = `http://127.0.0.1:${await listen(t, server)}`;
  const [kind] = await accountError(accountAt(t, endpoint, { limits: { answer: 100 } }));
  assert.deepEqual([kind, asked], ["timeout", 1]);
});

test("a port that accepts and never answers is given up", async (t) => {
  const port = await listen(t, createServer());
  const [kind, sentence] = await accountError(accountAt(t, `http://127.0.0.1:${port}`, { limits: { answer: 100 } }));
  assert.deepEqual(
    [kind, sentence],
    ["timeout", `127.0.0.1:${port} did not answer in time. Check the network and the proxy, then try again.`],
  );
});

test("a read whose connection was cut is made again and counted, a change is not", async (t) => {
  const { demo, session } = await openDemoSession({}, t);
  const { lambda, rateLimiter } = session;
  demo.account.faults.replace([{ kind: "cut", action: "*", times: 1 }]);
  await rateLimiter.run("other", () => lambda.send(new ListFunctionsCommand({})));
  assert.deepEqual(rateLimiter.counts, { getFunction: 0, other: 2, throttled: 0 });
  demo.account.faults.replace([{ kind: "cut", action: "*", times: 1 }]);
  const change = new PutFunctionConcurrencyCommand({
    FunctionName: "concurrencyBlog01",
    ReservedConcurrentExecutions: 1,
  });
  const error = await rateLimiter.run("other", () => lambda.send(change)).catch((thrown) => toAccountError(thrown));
  assert.ok("kind" in error);
  assert.deepEqual(
    [error.kind, error.message],
    [
      "offline",
      `The connection to ${new URL(demo.url).host} was cut before the answer came. Try again; read the state before a change is repeated.`,
    ],
  );
  assert.equal(rateLimiter.counts.other, 3);
});

test("an account that is given up while it is opened is cancelled", async (t) => {
  const port = await listen(t, createServer());
  const cancel = new AbortController();
  const outcome = accountError(accountAt(t, `http://127.0.0.1:${port}`, { signal: cancel.signal }));
  cancel.abort();
  assert.deepEqual(await outcome, ["cancelled", "Cancelled."]);
});

/** A proxy that leads every tunnel to one port of this machine, and remembers where they wanted to go. */
async function startProxy(test: TestContext, target: number) {
  const tunnels: string[] = [];
  const server = createHttpServer();
  server.on("connect", (request, client) => {
    tunnels.push(`${request.url} ${request.headers["proxy-authorization"] ?? "no password"}`);
    const upstream = connect(target, "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.pipe(client);
      client.pipe(upstream);
    });
    upstream.on("error", () => client.destroy());
    client.on("error", () => upstream.destroy());
    client.on("close", () => upstream.destroy());
  });
  return { port: await listen(test, server), tunnels };
}

test("the proxy of the environment is used, with its password, but not for this machine or NO_PROXY", async (t) => {
  const stub = createStubAws();
  const target = await listen(t, createHttpServer(stub.listener));
  const { port, tunnels } = await startProxy(t, target);
  setEnvironment(t, { HTTP_PROXY: `http://me:secret@127.0.0.1:${port}`, NO_PROXY: "direct.invalid" });
  assert.equal(await accountAt(t, "http://localstack.invalid:4566"), "111122223333");
  const password = `Basic ${Buffer.from("me:secret").toString("base64")}`;
  assert.deepEqual([...new Set(tunnels)], [`localstack.invalid:4566 ${password}`]);
  const before = tunnels.length;
  assert.equal(await accountAt(t, `http://127.0.0.1:${target}`), "111122223333");
  assert.equal(await accountAt(t, `http://localhost:${target}`), "111122223333");
  const [kind] = await accountError(accountAt(t, "http://direct.invalid:4566"));
  assert.equal(kind, "offline");
  assert.equal(tunnels.length, before);
});

test("a proxy that wants a password, is of another kind or does not run is named", async (t) => {
  const asking = createHttpServer();
  asking.on("connect", (_request, client) =>
    client.end("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n"),
  );
  setEnvironment(t, { HTTP_PROXY: `http://127.0.0.1:${await listen(t, asking)}` });
  const outcome = () => accountError(accountAt(t, "http://localstack.invalid:4566"));
  assert.deepEqual(await outcome(), [
    "offline",
    "The proxy wants a user name and a password. Put them into HTTPS_PROXY (http://user:password@host:port).",
  ]);
  process.env.HTTP_PROXY = "socks5://me:secret@proxy.invalid:1080";
  assert.deepEqual(await outcome(), [
    "offline",
    "The proxy socks5://proxy.invalid:1080 cannot be used. HTTPS_PROXY takes the form http://host:port or https://host:port.",
  ]);
  process.env.HTTP_PROXY = "http://127.0.0.1:9";
  assert.deepEqual(await outcome(), [
    "offline",
    "Cannot reach 127.0.0.1:9. Is it running? Check the endpoint and HTTPS_PROXY.",
  ]);
});

function hasOpenssl(): boolean {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

test("a certificate of one's own counts by AWS_CA_BUNDLE, ca_bundle and through a proxy", {
  skip: !hasOpenssl() && "openssl is not installed",
}, async (t) => {
  const files = sharedFiles(t);
  const [cert, key] = [path.join(files.folder, "cert.pem"), path.join(files.folder, "key.pem")];
  const names = "subjectAltName=DNS:localhost,DNS:aws.invalid,IP:127.0.0.1";
  const request = [
    "req",
    "-x509",
    "-newkey",
    "rsa:2048",
    "-nodes",
    "-days",
    "2",
    "-subj",
    "/CN=localhost",
    "-addext",
    names,
  ];
  execFileSync("openssl", [...request, "-keyout", key, "-out", cert], { stdio: "ignore" });
  const server = createHttpsServer({ cert: readFileSync(cert), key: readFileSync(key) }, createStubAws().listener);
  t.after(() => server.closeAllConnections());
  const port = await listen(t, server);
  const endpoint = `https://127.0.0.1:${port}`;
  assert.deepEqual(await accountError(accountAt(t, endpoint, { env: files.env })), [
    "offline",
    `The certificate of 127.0.0.1:${port} is signed by an authority that is not known here (DEPTH_ZERO_SELF_SIGNED_CERT). Name the file with its certificate in AWS_CA_BUNDLE or NODE_EXTRA_CA_CERTS.`,
  ]);
  assert.equal(await accountAt(t, endpoint, { env: { ...files.env, AWS_CA_BUNDLE: cert } }), "111122223333");
  files.write(".aws/config", `[default]\nca_bundle = ${cert}\n`);
  assert.equal(await accountAt(t, endpoint, { env: files.env }), "111122223333");
  const { port: proxy, tunnels } = await startProxy(t, port);
  setEnvironment(t, { HTTPS_PROXY: `http://127.0.0.1:${proxy}` });
  assert.equal(await accountAt(t, "https://aws.invalid", { env: files.env }), "111122223333");
  assert.deepEqual([...new Set(tunnels)], ["aws.invalid:443 no password"]);
  const missing = path.join(files.folder, "missing.pem");
  assert.deepEqual(await accountError(accountAt(t, endpoint, { env: { ...files.env, AWS_CA_BUNDLE: missing } })), [
    "failed",
    `The certificates in ${missing} cannot be read. Correct AWS_CA_BUNDLE, NODE_EXTRA_CA_CERTS or the profile's ca_bundle.`,
  ]);
});
