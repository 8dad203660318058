import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { inspect } from "node:util";
import { type AccountChoice, openSession, type SessionHost } from "#aws";
import { accountError, type SharedFiles, setEnvironment, sharedFiles } from "./sharedFiles.ts";
import { type StubAws, startStubAws } from "./stubAws.ts";

const keysOf = (name: string) => `aws_access_key_id = AKIA${name}\naws_secret_access_key = secret-of-${name}\n`;
const envKeys = { AWS_ACCESS_KEY_ID: "AKIAENV", AWS_SECRET_ACCESS_KEY: "secret-of-env" };

/** Opens a session with the stub and says whose keys its first call was signed with, and as which profile it counts. */
async function whose(
  test: TestContext,
  stub: StubAws,
  files: SharedFiles,
  choice: AccountChoice = {},
  host: Partial<SessionHost> = {},
) {
  const session = await openSession(
    { endpoint: stub.url, region: "eu-west-1", ...choice },
    { ...host, env: { ...files.env, ...host.env } },
  );
  test.after(() => session.close());
  const { identity } = session;
  return [stub.requests.findLast(({ action }) => action === "GetCallerIdentity")?.key, identity.profile];
}

test("keys of the environment count when no profile is chosen, also beside AWS_PROFILE", async (t) => {
  const stub = await startStubAws(t);
  const files = sharedFiles(t, { ".aws/credentials": `[default]\n${keysOf("DEFAULT")}[named]\n${keysOf("NAMED")}` });
  assert.deepEqual(await whose(t, stub, files, {}, { env: envKeys }), ["AKIAENV", undefined]);
  assert.deepEqual(await whose(t, stub, files, {}, { env: { ...envKeys, AWS_PROFILE: "named" } }), [
    "AKIAENV",
    undefined,
  ]);
});

test("a chosen profile counts instead of keys in the environment", async (t) => {
  const stub = await startStubAws(t);
  const files = sharedFiles(t, { ".aws/credentials": `[named]\n${keysOf("NAMED")}` });
  setEnvironment(t, envKeys);
  assert.deepEqual(await whose(t, stub, files, { profile: "named" }, { env: envKeys }), ["AKIANAMED", "named"]);
});

test("AWS_PROFILE counts, else the default profile", async (t) => {
  const stub = await startStubAws(t);
  const files = sharedFiles(t, {
    ".aws/config": `[profile named]\n${keysOf("NAMED")}`,
    ".aws/credentials": `[default]\n${keysOf("DEFAULT")}`,
  });
  assert.deepEqual(await whose(t, stub, files, {}, { env: { AWS_PROFILE: "named" } }), ["AKIANAMED", "named"]);
  assert.deepEqual(await whose(t, stub, files), ["AKIADEFAULT", "default"]);
});

test("the files are read again for each session", async (t) => {
  const stub = await startStubAws(t);
  const files = sharedFiles(t, { ".aws/credentials": `[named]\n${keysOf("OLD")}` });
  assert.deepEqual(await whose(t, stub, files, { profile: "named" }), ["AKIAOLD", "named"]);
  files.write(".aws/credentials", `[named]\n${keysOf("NEW")}`);
  assert.deepEqual(await whose(t, stub, files, { profile: "named" }), ["AKIANEW", "named"]);
});

test("a chosen profile that is missing or says nothing of credentials fails, whoever else has some", async (t) => {
  const stub = await startStubAws(t);
  const files = sharedFiles(t, {
    ".aws/config": `[default]\n${keysOf("DEFAULT")}[profile empty]\nregion = eu-west-1\n`,
  });
  const { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = files.env;
  assert.deepEqual(await accountError(whose(t, stub, files, { profile: "gone" }, { env: envKeys })), [
    "noCredentials",
    `There is no profile gone in ${AWS_CONFIG_FILE} or ${AWS_SHARED_CREDENTIALS_FILE}. Choose another, or set it up with "aws configure sso --profile gone".`,
  ]);
  assert.deepEqual(await accountError(whose(t, stub, files, { profile: "empty" }, { env: envKeys })), [
    "noCredentials",
    'Profile empty does not say where its credentials come from. Set it up with "aws configure sso --profile empty", or connect without a profile.',
  ]);
  assert.deepEqual(stub.requests, []);
});

test("without any credentials the sentence says where they were looked for", async (t) => {
  const stub = await startStubAws(t);
  const files = sharedFiles(t);
  assert.deepEqual(await accountError(whose(t, stub, files)), [
    "noCredentials",
    "There are no credentials: no profile is chosen, the environment has no keys, and this machine offers none. Choose a profile, or set one up with `aws configure sso` or `aws login`.",
  ]);
});

test("a role is assumed with the MFA code that the user enters, once for all clients", async (t) => {
  const stub = await startStubAws(t);
  const files = sharedFiles(t, { ".aws/config": roleWithMfa, ".aws/credentials": `[base]\n${keysOf("BASE")}` });
  const asked: string[] = [];
  const mfaCode = async (serial: string) => {
    asked.push(serial);
    return " 123456 ";
  };
  assert.deepEqual(await whose(t, stub, files, { profile: "admin" }, { mfaCode }), ["ASIAROLE", "admin"]);
  assert.deepEqual(asked, ["arn:aws:iam::111122223333:mfa/me"]);
  const assume = stub.requests.filter(({ action }) => action === "AssumeRole");
  assert.deepEqual(
    assume.map(({ key, parameters: { RoleArn, RoleSessionName, TokenCode } }) => [
      key,
      RoleArn,
      RoleSessionName,
      TokenCode,
    ]),
    [["AKIABASE", "arn:aws:iam::111122223333:role/Admin", "lambda-concurrency", "123456"]],
  );
});

const roleWithMfa =
  "[profile admin]\nrole_arn = arn:aws:iam::111122223333:role/Admin\nsource_profile = base\nmfa_serial = arn:aws:iam::111122223333:mfa/me\n";

test("whoever cancels the MFA prompt has cancelled, and nothing was sent", async (t) => {
  const stub = await startStubAws(t);
  const files = sharedFiles(t, { ".aws/config": roleWithMfa, ".aws/credentials": `[base]\n${keysOf("BASE")}` });
  const choice = { profile: "admin" };
  const cancelled = ["cancelled", "Cancelled."];
  assert.deepEqual(await accountError(whose(t, stub, files, choice, { mfaCode: async () => undefined })), cancelled);
  const rejecting = { mfaCode: () => Promise.reject(new Error("Escape")) };
  assert.deepEqual(await accountError(whose(t, stub, files, choice, rejecting)), cancelled);
  assert.deepEqual(stub.requests, []);
});

test("connecting can be given up while the MFA prompt is open", async (t) => {
  const stub = await startStubAws(t);
  const files = sharedFiles(t, { ".aws/config": roleWithMfa, ".aws/credentials": `[base]\n${keysOf("BASE")}` });
  const cancel = new AbortController();
  const mfaCode = () => {
    cancel.abort();
    return new Promise<undefined>(() => {});
  };
  const host = { mfaCode, signal: cancel.signal };
  assert.deepEqual(await accountError(whose(t, stub, files, { profile: "admin" }, host)), ["cancelled", "Cancelled."]);
  assert.deepEqual(stub.requests, []);
});

test("where no MFA code can be asked for, and where it is wrong, the sentence says so", async (t) => {
  const stub = await startStubAws(t);
  const files = sharedFiles(t, { ".aws/config": roleWithMfa, ".aws/credentials": `[base]\n${keysOf("BASE")}` });
  assert.deepEqual(await accountError(whose(t, stub, files, { profile: "admin" })), [
    "noCredentials",
    "Profile admin asks for an MFA code, which cannot be entered here. Use a terminal, or a profile that does not ask.",
  ]);
  stub.refuse(
    "AssumeRole",
    403,
    "AccessDenied",
    "MultiFactorAuthentication failed with invalid MFA one time pass code. ",
  );
  assert.deepEqual(await accountError(whose(t, stub, files, { profile: "admin" }, { mfaCode: async () => "000000" })), [
    "denied",
    "AWS did not accept the MFA code for profile admin. Connect again with the next code.",
  ]);
});

test("a role that may not be assumed is named with the missing action", async (t) => {
  const stub = await startStubAws(t);
  const role = "[profile admin]\nrole_arn = arn:aws:iam::111122223333:role/Admin\nsource_profile = base\n";
  const files = sharedFiles(t, { ".aws/config": role, ".aws/credentials": `[base]\n${keysOf("BASE")}` });
  const message =
    "User: arn:aws:iam::111122223333:user/me is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/Admin";
  stub.refuse("AssumeRole", 403, "AccessDenied", message);
  const error = await whose(t, stub, files, { profile: "admin" }).catch((thrown) => thrown);
  assert.equal(/secret-of|AKIABASE/.test(inspect(error, { depth: 10 })), false);
  assert.deepEqual(await accountError(whose(t, stub, files, { profile: "admin" })), [
    "denied",
    "arn:aws:iam::111122223333:user/me may not assume the role. Allow sts:AssumeRole in a policy of this identity and in the role's trust policy.",
  ]);
});

test("a web identity token and a container's credentials are found by their variables", async (t) => {
  const stub = await startStubAws(t);
  const files = sharedFiles(t);
  const web = {
    AWS_WEB_IDENTITY_TOKEN_FILE: files.write("token", "web-identity-token"),
    AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/Web",
  };
  assert.deepEqual(await whose(t, stub, files, {}, { env: web }), ["ASIAWEB", undefined]);
  const assume = stub.requests.find(({ action }) => action === "AssumeRoleWithWebIdentity")?.parameters;
  assert.deepEqual([assume?.RoleArn, assume?.WebIdentityToken], [web.AWS_ROLE_ARN, "web-identity-token"]);
  // The SDK reads this one of the process alone.
  setEnvironment(t, { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${stub.url}/container` });
  const { AWS_CONTAINER_CREDENTIALS_FULL_URI } = process.env;
  assert.deepEqual(await whose(t, stub, files, {}, { env: { AWS_CONTAINER_CREDENTIALS_FULL_URI } }), [
    "ASIACONTAINER",
    undefined,
  ]);
});

test("a web identity token that is not there or that STS refuses is not taken for no credentials", async (t) => {
  const stub = await startStubAws(t);
  const files = sharedFiles(t);
  const web = {
    AWS_WEB_IDENTITY_TOKEN_FILE: files.write("token", "web-identity-token"),
    AWS_ROLE_ARN: "arn:aws:iam::111122223333:role/Web",
  };
  stub.refuse(
    "AssumeRoleWithWebIdentity",
    400,
    "ExpiredTokenException",
    "Token expired: current date/time must be before the expiration date/time",
  );
  assert.deepEqual(await accountError(whose(t, stub, files, {}, { env: web })), [
    "expired",
    "The credentials have expired. Sign in again where they come from (aws sso login, aws login, new keys), then connect again.",
  ]);
});
