import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import path from "node:path";
import { type TestContext, test } from "node:test";
import { ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { openSession, type SessionHost } from "#aws";
import { accountError, type SharedFiles, setEnvironment, sharedFiles } from "./sharedFiles.ts";
import { type StubAws, startStubAws } from "./stubAws.ts";

async function keyOf(test: TestContext, stub: StubAws, files: SharedFiles, host: Partial<SessionHost> = {}) {
  const session = await openSession(
    { endpoint: stub.url, region: "eu-west-1", profile: "work" },
    { ...host, env: files.env },
  );
  test.after(() => session.close());
  return stub.requests.findLast(({ action }) => action === "GetCallerIdentity")?.key;
}

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

/** A profile whose program is this script. */
function withProgram(test: TestContext, script: string): SharedFiles {
  const files = sharedFiles(test);
  const file = files.write("program.cjs", script);
  files.write(".aws/config", `[profile work]\ncredential_process = "${process.execPath}" "${file}"\n`);
  return files;
}

/** A profile whose program never answers; tells when it started and when it ended. */
async function withHangingProgram(test: TestContext) {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  test.after(() => server.close());
  const started = once(server, "connection").then(([socket]) => socket as Socket);
  const { port } = server.address() as AddressInfo;
  const files = withProgram(test, `require("node:net").connect(${port}, "127.0.0.1")`);
  return { files, started, ended: started.then((socket) => once(socket.on("error", () => {}).resume(), "close")) };
}

const seeTerminal = 'Run "aws sts get-caller-identity --profile work" in a terminal to see what it says.';
const unusable = (why: string) =>
  `The program of profile work (credential_process) gave no usable credentials: ${why}. ${seeTerminal}`;

test("a program gives credentials", async (t) => {
  const stub = await startStubAws(t);
  const output = {
    Version: 1,
    AccessKeyId: "ASIAPROGRAM",
    SecretAccessKey: "s",
    SessionToken: "t",
    Expiration: inHours(1),
  };
  const files = withProgram(t, `console.log(${JSON.stringify(JSON.stringify(output))})`);
  assert.equal(await keyOf(t, stub, files), "ASIAPROGRAM");
});

test("a program that gives somebody else's credentials later on is not followed there", async (t) => {
  const stub = await startStubAws(t);
  const files = sharedFiles(t);
  const script = `const fs = require("node:fs");
    const again = fs.existsSync("${files.folder}/ran");
    fs.writeFileSync("${files.folder}/ran", "");
    console.log(JSON.stringify({ Version: 1, AccessKeyId: again ? "ASIAOTHER" : "ASIAFIRST", SecretAccessKey: "s", Expiration: again ? "${inHours(2)}" : "${inHours(1)}" }));`;
  const file = files.write("program.cjs", script);
  files.write(".aws/config", `[profile work]\ncredential_process = "${process.execPath}" "${file}"\n`);
  const session = await openSession({ endpoint: stub.url, region: "eu-west-1", profile: "work" }, { env: files.env });
  t.after(() => session.close());
  const start = Date.now();
  t.mock.timers.enable({ apis: ["Date"], now: start });
  const lastKey = () => stub.requests.at(-1)?.key;
  t.mock.timers.setTime(start + 56 * 60_000);
  await session.verify();
  assert.equal(lastKey(), "ASIAFIRST");
  t.mock.timers.setTime(start + 61 * 60_000);
  const arn = (key: string) => `arn:aws:iam::111122223333:user/${key}`;
  assert.deepEqual(await accountError(session.lambda.send(new ListFunctionsCommand({}))), [
    "changed",
    `The credentials are now those of ${arn("ASIAOTHER")}; this session was opened by ${arn("ASIAFIRST")}. Connect again.`,
  ]);
  assert.equal(
    stub.requests.some(({ action }) => action.includes("functions")),
    false,
  );
});

test("what is wrong with a program's answer is said without what it wrote", async (t) => {
  const stub = await startStubAws(t);
  const outcome = (script: string) => accountError(keyOf(t, stub, withProgram(t, script)));
  assert.deepEqual(await outcome('console.log("hunter2")'), ["noCredentials", unusable("what it wrote is not JSON")]);
  assert.deepEqual(await outcome("console.log('{\"Version\":2}')"), [
    "noCredentials",
    unusable("what it wrote has no Version 1"),
  ]);
  assert.deepEqual(await outcome("console.log('{\"Version\":1}')"), [
    "noCredentials",
    unusable("keys are missing in what it wrote"),
  ]);
  const expired = { Version: 1, AccessKeyId: "A", SecretAccessKey: "s", Expiration: inHours(-1) };
  assert.deepEqual(await outcome(`console.log(${JSON.stringify(JSON.stringify(expired))})`), [
    "expired",
    unusable("they have expired"),
  ]);
  assert.deepEqual(await outcome('console.error("password=hunter2"); process.exitCode = 3'), [
    "noCredentials",
    unusable("it ended with exit code 3"),
  ]);
  assert.deepEqual(stub.requests, []);
});

test("a program that hangs is ended after the limit", { timeout: 20_000 }, async (t) => {
  const stub = await startStubAws(t);
  const { files, ended } = await withHangingProgram(t);
  assert.deepEqual(await accountError(keyOf(t, stub, files, { limits: { signIn: 1000 } })), [
    "timeout",
    'The program of profile work (credential_process) did not answer within 1 s and was ended. Run "aws sts get-caller-identity --profile work" in a terminal to see what it waits for.',
  ]);
  await ended;
});

test("a program that hangs ends when the user cancels", { timeout: 20_000 }, async (t) => {
  const stub = await startStubAws(t);
  const { files, started, ended } = await withHangingProgram(t);
  const cancel = new AbortController();
  const outcome = accountError(keyOf(t, stub, files, { signal: cancel.signal }));
  await started;
  cancel.abort();
  assert.deepEqual(await outcome, ["cancelled", "Cancelled."]);
  await ended;
});

test("a check of the identity does not wait for a sign-in that was cancelled, which ends with the session", {
  timeout: 20_000,
}, async (t) => {
  const stub = await startStubAws(t);
  const { files, started, ended } = await withHangingProgram(t);
  const hanging = readFileSync(files.env.AWS_CONFIG_FILE ?? "", "utf8");
  const output = { Version: 1, AccessKeyId: "A", SecretAccessKey: "s", Expiration: inHours(1) };
  files.write(".aws/config", `[profile work]\ncredential_process = echo '${JSON.stringify(output)}'\n`);
  const session = await openSession({ endpoint: stub.url, region: "eu-west-1", profile: "work" }, { env: files.env });
  t.after(() => session.close());
  files.write(".aws/config", hanging);
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() + 2 * 3_600_000 });
  const cancel = new AbortController();
  const outcome = accountError(session.verify(cancel.signal));
  await started;
  cancel.abort();
  assert.deepEqual(await outcome, ["cancelled", "Cancelled."]);
  session.close();
  await ended;
});

const ssoSession =
  "[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.example\n[profile work]\nsso_session = corp\nsso_account_id = 111122223333\nsso_role_name = Admin\n";
const ssoLegacy =
  "[profile work]\nsso_region = eu-west-1\nsso_start_url = https://corp.example\nsso_account_id = 111122223333\nsso_role_name = Admin\n";

/** `name`: of the sso-session, or the start URL. */
function writeToken(files: SharedFiles, name: string, expiresAt: string): void {
  const file = createHash("sha1").update(name).digest("hex");
  files.write(`.aws/sso/cache/${file}.json`, JSON.stringify({ accessToken: "sso-token", expiresAt }));
}

for (const [kind, config, name] of [
  ["an sso-session", ssoSession, "corp"],
  ["the older SSO settings", ssoLegacy, "https://corp.example"],
] as const) {
  test(`a profile with ${kind} signs in with the token at hand, and says what to run without one`, async (t) => {
    const stub = await startStubAws(t);
    const files = sharedFiles(t, { ".aws/config": config });
    setEnvironment(t, { AWS_ENDPOINT_URL_SSO: stub.url });
    const expired = [
      "expired",
      'The SSO session of profile work has expired or was never started. Run "aws sso login --profile work", then connect again.',
    ];
    assert.deepEqual(await accountError(keyOf(t, stub, files)), expired);
    writeToken(files, name, inHours(-1));
    assert.deepEqual(await accountError(keyOf(t, stub, files)), expired);
    writeToken(files, name, inHours(1));
    assert.equal(await keyOf(t, stub, files), "ASIASSO");
    stub.refuse("federation/credentials", 403, "ForbiddenException", "No access");
    assert.deepEqual(await accountError(keyOf(t, stub, files)), [
      "denied",
      "SSO does not give you role Admin in account 111122223333 (profile work). Ask whoever assigns roles there.",
    ]);
    stub.refuse("federation/credentials", 401, "UnauthorizedException", "Session token not found or invalid");
    assert.deepEqual(await accountError(keyOf(t, stub, files)), expired);
  });
}

test("SSO settings that are not complete are told from a session that has expired", async (t) => {
  const stub = await startStubAws(t);
  const sections = ["sso_session = gone", "sso_session = corp", "sso_start_url = https://corp.example"];
  for (const section of sections) {
    const config = `[sso-session corp]\nsso_region = eu-west-1\n[profile work]\n${section}\n`;
    assert.deepEqual(await accountError(keyOf(t, stub, sharedFiles(t, { ".aws/config": config }))), [
      "noCredentials",
      'The SSO settings of profile work are not complete. Run "aws configure sso --profile work".',
    ]);
  }
});

test("a role from an SSO profile names the profile to sign in with", async (t) => {
  const stub = await startStubAws(t);
  const base = ssoSession.replace("profile work", "profile base");
  const role = `${base}[profile work]\nrole_arn = arn:aws:iam::1:role/R\nsource_profile = base\n`;
  const files = sharedFiles(t, { ".aws/config": role });
  assert.deepEqual(await accountError(keyOf(t, stub, files)), [
    "expired",
    'The SSO session of profile base has expired or was never started. Run "aws sso login --profile base", then connect again.',
  ]);
});

test("an SSO portal that cannot be reached is a matter of the network", async (t) => {
  const stub = await startStubAws(t);
  const files = sharedFiles(t, { ".aws/config": ssoSession });
  writeToken(files, "corp", inHours(1));
  setEnvironment(t, { AWS_ENDPOINT_URL_SSO: "http://127.0.0.1:9" });
  assert.deepEqual(await accountError(keyOf(t, stub, files)), [
    "offline",
    "Cannot reach 127.0.0.1:9. Is it running? Check the endpoint and HTTPS_PROXY.",
  ]);
});

test("a profile of aws login uses the session at hand, and says what to run without one", async (t) => {
  const stub = await startStubAws(t);
  const login = "arn:aws:iam::111122223333:user/me";
  const files = sharedFiles(t, { ".aws/config": `[profile work]\nlogin_session = ${login}\n` });
  setEnvironment(t, { AWS_LOGIN_CACHE_DIRECTORY: path.join(files.folder, "login") });
  assert.deepEqual(await accountError(keyOf(t, stub, files)), [
    "expired",
    'The credentials have expired. Run "aws login --profile work", then connect again.',
  ]);
  const token = {
    accessToken: {
      accessKeyId: "ASIALOGIN",
      secretAccessKey: "s",
      sessionToken: "t",
      accountId: "111122223333",
      expiresAt: inHours(1),
    },
    clientId: "client",
    refreshToken: "refresh",
    dpopKey: "key",
  };
  files.write(`login/${createHash("sha256").update(login).digest("hex")}.json`, JSON.stringify(token));
  assert.equal(await keyOf(t, stub, files), "ASIALOGIN");
});
