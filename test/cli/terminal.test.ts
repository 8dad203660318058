import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { runCli } from "./cli.ts";
import { connected } from "./demoAccount.ts";
import { noTerminal, runAtTerminal, typeAt } from "./terminal.ts";

const CTRL_C = "\u0003";

test("Ctrl+C while an account is read prints what is known and ends with 130", { skip: noTerminal }, async (t) => {
  const { env } = await connected(t, { faults: [{ kind: "slow", action: "GetFunction", after: 1, ms: 600_000 }] });
  const { code, printed } = await runAtTerminal(["account"], env, typeAt("1 of 6 functions read", CTRL_C));
  assert.equal(code, 130);
  assert.match(printed, /Only 1 of them could be read\./);
});

test("an MFA device's code is asked for at a terminal, and Ctrl+C there ends with 130", {
  skip: noTerminal,
}, async (t) => {
  const { env, state } = await connected(t);
  const config = join(state, "../config");
  writeFileSync(
    config,
    `[profile admin]
role_arn = arn:aws:iam::123456789012:role/admin
mfa_serial = arn:aws:iam::123456789012:mfa/me
credential_source = Environment
`,
  );
  const { code, printed } = await runAtTerminal(
    ["account", "--profile", "admin"],
    { ...env, AWS_CONFIG_FILE: config },
    typeAt("arn:aws:iam::123456789012:mfa/me: ", CTRL_C),
  );
  assert.equal(code, 130);
  assert.match(printed, /Code of the MFA device arn:aws:iam::123456789012:mfa\/me: /);
});

test("without a terminal an MFA profile ends with 3", async (t) => {
  const { env, state } = await connected(t);
  const config = join(state, "../config");
  writeFileSync(
    config,
    "[profile admin]\nrole_arn = arn:aws:iam::123456789012:role/admin\nmfa_serial = arn:aws:iam::123456789012:mfa/me\ncredential_source = Environment\n",
  );
  const { code, stderr } = await runCli(["account", "--profile", "admin"], {
    env: { ...env, AWS_CONFIG_FILE: config },
  });
  assert.equal(code, 3);
  assert.match(stderr, /MFA/);
});
