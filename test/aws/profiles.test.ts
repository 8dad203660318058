import assert from "node:assert/strict";
import { test } from "node:test";
import { listProfiles } from "#aws";
import { sharedFiles } from "./sharedFiles.ts";

const config = `
[default]
region = eu-west-1
[sso-session corp]
sso_region = eu-west-1
sso_start_url = https://corp.example
[services local]
lambda =
  endpoint_url = http://127.0.0.1:4566
[profile zeta]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Admin
region = us-east-2
[profile admin]
role_arn = arn:aws:iam::111122223333:role/path/Admin
source_profile = keys
mfa_serial = arn:aws:iam::111122223333:mfa/me
[profile container]
role_arn = arn:aws:iam::111122223333:role/Task
credential_source = EcsContainer
[profile pod]
role_arn = arn:aws:iam::111122223333:role/Pod
web_identity_token_file = /secret/token
[profile program]
credential_process = login --password hunter2
[profile person]
login_session = arn:aws:iam::111122223333:user/me
[profile legacy]
sso_start_url = https://corp.example
sso_account_id = 111122223333
[profile only-region]
region = eu-west-3
`;

const credentials = `
[keys]
aws_access_key_id = AKIAHUNTER2
aws_secret_access_key = hunter2
[session]
aws_access_key_id = ASIAHUNTER2
aws_secret_access_key = hunter2
aws_session_token = hunter2
[only-region]
aws_access_key_id = AKIAHUNTER2
aws_secret_access_key = hunter2
`;

test("profiles of both files are listed by name, with Region and kind, and without a secret", async (t) => {
  const { env } = sharedFiles(t, { ".aws/config": config, ".aws/credentials": credentials });
  const profiles = await listProfiles(env);
  assert.deepEqual(profiles, [
    { name: "admin", description: "Assumes role/path/Admin in 111122223333 from keys, asks for an MFA code" },
    { name: "container", description: "Assumes role/Task in 111122223333 with EcsContainer" },
    { name: "default", region: "eu-west-1" },
    { name: "keys", description: "Access keys" },
    { name: "legacy", description: "SSO, account 111122223333" },
    { name: "only-region", region: "eu-west-3", description: "Access keys" },
    { name: "person", description: "aws login" },
    { name: "pod", description: "Assumes role/Pod in 111122223333 with a web identity token" },
    { name: "program", description: "Credentials from a program (credential_process)" },
    { name: "session", description: "Temporary access keys" },
    { name: "zeta", region: "us-east-2", description: "SSO, account 111122223333, role Admin" },
  ]);
  assert.equal(/hunter2|secret/i.test(JSON.stringify(profiles)), false);
});

test("the files are found in the home folder and read anew each time", async (t) => {
  const { folder, write } = sharedFiles(t);
  assert.deepEqual(await listProfiles({ HOME: folder }), []);
  write(".aws/config", "[profile one]\nregion = eu-west-2\n");
  assert.deepEqual(await listProfiles({ HOME: folder }), [{ name: "one", region: "eu-west-2" }]);
  write(".aws/config", "[profile two]\nregion = eu-west-1\n");
  assert.deepEqual(await listProfiles({ HOME: folder }), [{ name: "two", region: "eu-west-1" }]);
  write(".aws/config", "this is [no config file\n=\n");
  assert.deepEqual(await listProfiles({ HOME: folder }), []);
});
