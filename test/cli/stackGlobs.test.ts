import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { folderOf, samTemplate } from "./cli.ts";
import { runInProcess } from "./inProcess.ts";

const budget = `pool: p
limit: 1000
floor: 100
stacks: [{template: "svc/*/t.yaml", name: "*"}]
reservations: {"*": 5000}
`;

/** A budget whose glob leads to a template that reserves 5 and one, `svc/b/t.yaml`, that reserves 5,000. */
function services(t: TestContext): { readonly cwd: string; readonly b: string } {
  const cwd = folderOf(t, {
    "concurrency-budget.yaml": budget,
    "svc/a/t.yaml": samTemplate({ A: 5 }),
    "svc/b/t.yaml": samTemplate({ A: 5000 }),
  });
  return { cwd, b: join(cwd, "svc/b/t.yaml") };
}

async function check(cwd: string) {
  const { code, stdout, stderr } = await runInProcess(["check", "concurrency-budget.yaml", "--format", "json"], {
    cwd,
  });
  const { pools, findings, files } = JSON.parse(stdout);
  return { code, stderr, verdict: pools[0].verdict, findings, files };
}

interface Case {
  readonly what: string;
  readonly spoil: (paths: { readonly cwd: string; readonly b: string }) => void;
  readonly why: string;
  readonly code: number;
}

const unix = process.platform !== "win32";

const cases: readonly Case[] = [
  {
    what: "a file of more than 10 MB",
    spoil: ({ b }) => writeFileSync(b, `${samTemplate({ A: 5000 })}#${"x".repeat(11_000_000)}\n`),
    why: "The file has 10.5 MB; files of more than 10 MB are not read.",
    code: 1,
  },
  {
    what: "a link to nothing",
    spoil: ({ b }) => {
      rmSync(b);
      symlinkSync("nowhere.yaml", b);
    },
    why: "Its symbolic link leads to no file.",
    code: 1,
  },
  {
    what: "a link to outside",
    spoil: ({ b }) => {
      rmSync(b);
      symlinkSync(process.execPath, b);
    },
    why: "It lies outside the workspace and its repository and is not read.",
    code: 1,
  },
  {
    what: "a pipe",
    spoil: ({ b }) => {
      rmSync(b);
      execFileSync("mkfifo", [b]);
    },
    why: "This is not a regular file.",
    code: 1,
  },
  {
    what: "a file that is no YAML",
    spoil: ({ b }) => writeFileSync(b, "{{{{\n"),
    why: 'Line 1, column 4: This "{" is not closed.',
    code: 1,
  },
  {
    what: "a link to a folder",
    spoil: ({ cwd }) => {
      renameSync(join(cwd, "svc/b"), join(cwd, "real-b"));
      symlinkSync("../real-b", join(cwd, "svc/b"));
    },
    why: "It lies behind a link to a folder, which a pattern does not follow.",
    code: 0,
  },
  {
    what: "what git ignores",
    spoil: ({ cwd }) => {
      mkdirSync(join(cwd, ".git"));
      writeFileSync(join(cwd, ".gitignore"), "svc/b\n");
    },
    why: "Git ignores it, and the pattern does not write its name out.",
    code: 0,
  },
];

for (const { what, spoil, why, code } of cases) {
  test(`a stack glob that leads to ${what}: the pool depends on it, and it is named`, { skip: !unix }, async (t) => {
    const paths = services(t);
    spoil(paths);
    const { stderr, verdict, findings, files, ...rest } = await check(paths.cwd);
    assert.deepEqual([rest.code, verdict], [code, "depends"]);
    const severity = code === 0 ? "warning" : "error";
    const sentence = `svc/*/t.yaml also leads to what is not counted: svc/b/t.yaml (${why.replace(/\.$/, "")}`;
    assert.deepEqual(
      findings.map((finding: Record<string, string>) => [finding.rule, finding.severity]),
      [["stack-not-found", severity]],
    );
    assert.ok(findings[0].message.startsWith(sentence), findings[0].message);
    const file = files.find((each: { file: string }) => each.file === "svc/b/t.yaml");
    assert.ok(file.error.startsWith(why), file.error);
    assert.ok(stderr.startsWith(`lambda-concurrency: svc/b/t.yaml: ${why}`), stderr);
  });
}

test("a stack glob over more than 5,000 files says where it was cut", async (t) => {
  const cwd = folderOf(t, {
    "concurrency-budget.yaml": budget.replace("svc/*/t.yaml", "svc/*.json"),
    "svc/t.json": '{"Resources": {"F": {"Type": "AWS::Lambda::Function"}}}',
  });
  for (let i = 0; i < 5000; i++) writeFileSync(join(cwd, `svc/${i}.json`), "{}");
  const { code, verdict, findings } = await check(cwd);
  assert.deepEqual([code, verdict], [1, "depends"]);
  assert.match(findings[0].message, /svc \(Only the first 5000 files that match are counted\)/);
});

test("names that are not UTF-8 are named, for a walk and for a glob", {
  skip: process.platform !== "linux",
}, async (t) => {
  const { cwd } = services(t);
  const bad = Buffer.concat([Buffer.from(join(cwd, "svc/b/")), Buffer.from([0xff]), Buffer.from(".yaml")]);
  writeFileSync(bad, samTemplate({ A: 5000 }));
  const why = "Its name is not UTF-8, so it cannot be opened.";
  const walked = await runInProcess(["check", "svc", "--format", "json"], { cwd });
  assert.equal(walked.code, 2);
  assert.equal(walked.stderr, `lambda-concurrency: svc/b/\ufffd.yaml: ${why}\n`);
  assert.equal(JSON.parse(walked.stdout).files.find(({ error }: { error?: string }) => error).error, why);
  writeFileSync(join(cwd, "concurrency-budget.yaml"), budget.replace("/t.yaml", "/*.yaml"));
  const { verdict, findings } = await check(cwd);
  assert.equal(verdict, "over");
  assert.ok(findings.some(({ message }: { message: string }) => message.includes(why.slice(0, -1))));
});

test("a template of more than 10,000 functions does not fit: it was not read to its end", async (t) => {
  const functions = Array.from(
    { length: 10_001 },
    (_, i) => `  F${i}: {Type: AWS::Lambda::Function, Properties: {ReservedConcurrentExecutions: 1}}\n`,
  );
  const cwd = folderOf(t, { "t.yaml": `Resources:\n${functions.join("")}` });
  const why = "Not everything in it is counted: mapping of more than 10,000 entries: the rest is not read.";
  for (const path of ["t.yaml", "."]) {
    const args = ["check", path, "--limit", "15000", "--floor", "10", "--format", "json"];
    const { code, stdout, stderr } = await runInProcess(args, { cwd });
    const { pools, files } = JSON.parse(stdout);
    assert.deepEqual([code, pools[0].verdict, pools[0].claimed.min], [2, "depends", 10_000]);
    assert.deepEqual(files, [{ file: "t.yaml", kind: "cloudformation", functions: 10_000, error: why }]);
    assert.equal(stderr, `lambda-concurrency: t.yaml: ${why}\n`);
  }
});
