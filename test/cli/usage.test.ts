import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root, runCli } from "./cli.ts";
import { runInProcess } from "./inProcess.ts";

const refused: readonly (readonly [args: readonly string[], message: string])[] = [
  [["chekc"], "Unknown command chekc. Did you mean check?"],
  [["frobnicate"], "Unknown command frobnicate. lambda-concurrency --help lists the commands."],
  [["--format", "json"], "Name a command before --format. lambda-concurrency --help lists the commands."],
  [["check", "--fromat", "json"], "Unknown option --fromat. Did you mean --format?"],
  [
    ["check", "--fail-on", "warnings"],
    '--fail-on takes error, warning or information, not "warnings". Did you mean warning?',
  ],
  [
    ["check", "--profile", "p"],
    "--profile goes with --live: check --live --profile NAME. Without it no account is read.",
  ],
  [
    ["check", "--parameter", "AWS::Region=us-east-1", "examples/orders/template.yaml"],
    "--parameter AWS::Region: it is no parameter. Give the Region with --region, or as region in samconfig or the budget.",
  ],
  [
    ["resolve", "--parameter", "AWS::StackName=orders", "examples/orders/template.yaml"],
    "--parameter AWS::StackName: it is no parameter. Name the stack with stack_name in samconfig or name in the budget.",
  ],
  [["check", "--parameter", "Stage"], '--parameter takes KEY=VALUE, not "Stage".'],
  [
    ["check", "--parameter", "file://params.json"],
    '--parameter takes KEY=VALUE, not "file://params.json". A parameter file goes with --parameter-file.',
  ],
  [
    ["check", "--parameter", "A=x y B=2"],
    "--parameter takes KEY=VALUE, not \"A=x y B=2\". Give several one by one, or quote a value with blanks: A='x y' B=2.",
  ],
  [["check", "--parameter", "=prod"], '--parameter takes KEY=VALUE, not "=prod".'],
  [["resolve"], "resolve needs at least one template: lambda-concurrency resolve TEMPLATE…"],
  [["resolve", "--together", "a.yaml"], "Unknown option --together. --help lists the options."],
  [["lsp"], "lsp needs --stdio: lambda-concurrency lsp --stdio"],
  [["demo", "x"], 'demo takes options only, not "x".'],
  [["demo", "--port", "65536"], '--port takes a whole number up to 65535, not "65536".'],
  [["demo", "--account", "nowhere.yaml"], "--account nowhere.yaml: the file cannot be read (ENOENT)."],
  [
    ["demo", "--fault", "x"],
    '--fault: "x" is no kind of fault; there are cut, deny, empty-pages, expired, moto, other-account, server-error, slow, stale, stale-tags, throttle.',
  ],
  [["init", "a", "b"], "init takes one folder, not 2."],
];

for (const [args, message] of refused) {
  test(`${args.join(" ")} is a usage error with exit code 2`, async () => {
    assert.deepEqual(await runInProcess(args), { code: 2, stdout: "", stderr: `lambda-concurrency: ${message}\n` });
  });
}

test("no command is a usage error that shows the overview on stderr", async () => {
  const { code, stdout, stderr } = await runCli([]);
  assert.equal(code, 2);
  assert.equal(stdout, "");
  assert.match(stderr, /^lambda-concurrency: Name a command: check, resolve, init, .* or demo\.\n\nUsage: /);
});

test("--version and -v print the package's version", async () => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  for (const args of [["--version"], ["-v"], ["check", "--version"]]) {
    assert.deepEqual(await runCli(args), { code: 0, stdout: `${version}\n`, stderr: "" });
  }
});

test("--help, -h and help print the overview with every command", async () => {
  const help = await runCli(["--help"]);
  assert.equal(help.code, 0);
  for (const command of ["check", "resolve", "init", "lsp", "account", "demo"])
    assert.match(help.stdout, new RegExp(`^  ${command} +\\S`, "m"));
  assert.deepEqual(
    help.stdout.split("\n").filter((line) => line.length > 80),
    [],
  );
  assert.deepEqual(await runCli(["-h"]), help);
  assert.deepEqual(await runCli(["help"]), help);
});

for (const command of ["check", "resolve", "init", "lsp", "account", "demo"]) {
  test(`${command} --help explains its options within 80 columns`, async () => {
    const help = await runInProcess([command, "--help"]);
    assert.equal(help.code, 0);
    assert.equal(help.stdout.startsWith(`Usage: lambda-concurrency ${command} `), true);
    assert.match(help.stdout, /^ {2}-h, --help +show this help$/m);
    assert.deepEqual(
      help.stdout.split("\n").filter((line) => line.length > 80),
      [],
    );
    assert.deepEqual(await runInProcess(["help", command]), help);
  });
}
