import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { isWalked, nodeFiles, toPath, toUri, walk } from "#workspaceFiles";

const template = "Resources:\n  F:\n    Type: AWS::Serverless::Function\n";

/** A folder with the given files; removed when the test ends. */
function folderOf(t: { after(run: () => void): void }, files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "workspace-files-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

/** Links, pipes and permissions as Unix has them. */
const unix = { skip: process.platform === "win32" && "needs a Unix file system" };

const names = (folder: string, uris: readonly string[]) => uris.map((uri) => toPath(uri)?.slice(folder.length + 1));

test("a walk finds budget files by name and templates by content", async (t) => {
  const folder = folderOf(t, {
    "concurrency-budget.yaml": "pool: a\n",
    "team/dev.concurrency-budget.yml": "pool: b\n",
    "a/template.yaml": template,
    "b/stack.template": '{"Resources": {"F": {"Type": "AWS::Lambda::Function"}}}',
    "c/values.yaml": "replicas: 3\n",
    "d/readme.md": template,
  });
  const walked = await walk(folder);
  assert.deepEqual(names(folder, walked.budgets), ["concurrency-budget.yaml", "team/dev.concurrency-budget.yml"]);
  assert.deepEqual(names(folder, walked.templates), ["a/template.yaml", "b/stack.template"]);
  assert.deepEqual(walked.problems, []);
  assert.equal(walked.cut, undefined);
});

test("a walk leaves out other people's code, build output, virtual environments and what git ignores", async (t) => {
  const folder = folderOf(t, {
    ".git/HEAD": "ref: refs/heads/main\n",
    ".gitignore": "packaged.yaml\n/out/\n",
    "template.yaml": template,
    "packaged.yaml": template,
    "out/template.yaml": template,
    "deep/out/template.yaml": template,
    "deep/.gitignore": "!packaged.yaml\n",
    "deep/packaged.yaml": template,
    "node_modules/x/template.yaml": template,
    ".aws-sam/build/template.yaml": template,
    "cdk.out/App.template.json": template,
    "py/pyvenv.cfg": "",
    "py/template.yaml": template,
  });
  const walked = await walk(folder);
  assert.deepEqual(names(folder, walked.templates), ["deep/out/template.yaml", "deep/packaged.yaml", "template.yaml"]);
});

test("a git-ignore rule of many stars ends, and the rules beside it hold", async (t) => {
  const long = `${"a".repeat(80)}.yaml`;
  const folder = folderOf(t, {
    ".gitignore": `${"*a".repeat(9)}b.yaml\npackaged*.yaml\n`,
    [long]: template,
    "packaged-1.yaml": template,
  });
  execFileSync("git", ["init", "--quiet"], { cwd: folder });
  assert.deepEqual(names(folder, (await walk(folder)).templates), [long]);
});

test("a named folder is walked although its name is skipped or git ignores it", async (t) => {
  const folder = folderOf(t, {
    ".git/HEAD": "ref: refs/heads/main\n",
    ".gitignore": "cdk.out\n",
    "cdk.out/App.template.json": template,
  });
  const walked = await walk(join(folder, "cdk.out"));
  assert.deepEqual(names(folder, walked.templates), ["cdk.out/App.template.json"]);
});

test("a walk says when it cut", async (t) => {
  const folder = folderOf(t, { "a.yaml": template, "b.yaml": template, "c.yaml": template });
  const walked = await walk(folder, { maxFiles: 2 });
  assert.deepEqual(names(folder, walked.templates), ["a.yaml", "b.yaml"]);
  assert.equal(walked.cut, "Only the first 2 YAML and JSON files were searched; open or name a smaller folder.");
});

test("a walk ends when it is cancelled", async (t) => {
  const folder = folderOf(t, { "a.yaml": template });
  await assert.rejects(walk(folder, { signal: AbortSignal.abort(new Error("enough")) }), /enough/);
});

test("a walk survives links in a circle and reports what it cannot read", unix, async (t) => {
  const folder = folderOf(t, {
    "a/template.yaml": template,
    "big.template": template,
    "locked/template.yaml": template,
  });
  symlinkSync(folder, join(folder, "a", "again"));
  symlinkSync(join(folder, "loop.yaml"), join(folder, "loop.yaml"));
  symlinkSync("gone.yaml", join(folder, "dangling.yaml"));
  symlinkSync("me@host.123", join(folder, ".#locked-by-an-editor.yaml"));
  truncateSync(join(folder, "big.template"), 10 * 1024 * 1024 + 1);
  chmodSync(join(folder, "locked"), 0);
  const walked = await walk(folder);
  chmodSync(join(folder, "locked"), 0o700);
  const root = process.getuid?.() === 0;
  assert.deepEqual(
    names(folder, walked.templates),
    root ? ["a/template.yaml", "locked/template.yaml"] : ["a/template.yaml"],
  );
  assert.deepEqual(
    walked.problems.map((problem) => [toPath(problem.uri)?.slice(folder.length + 1), problem.error]),
    [
      ["big.template", "The file has 10.1 MB; files of more than 10 MB are not read."],
      ["dangling.yaml", "Its symbolic link leads to no file."],
      ["loop.yaml", "Its symbolic links lead in a circle."],
      ...(root ? [] : [["locked", "Permission to read it is denied."]]),
    ],
  );
});

test("a missing folder is a problem, not an exception", async (t) => {
  const folder = folderOf(t, {});
  const walked = await walk(join(folder, "gone"));
  assert.deepEqual(
    walked.problems.map((problem) => problem.error),
    ["There is no such file."],
  );
});

test("a file outside the roots is not read, also through a link", unix, (t) => {
  const outside = folderOf(t, { "secret.yaml": "secret: 1\n" });
  const folder = folderOf(t, { "a.yaml": "a: 1\n" });
  symlinkSync(join(outside, "secret.yaml"), join(folder, "link.yaml"));
  const files = nodeFiles([folder]);
  const refused = { error: "It lies outside the workspace and its repository and is not read.", missing: false };
  assert.deepEqual(files.read(toUri(join(folder, "a.yaml"))), { text: "a: 1\n" });
  assert.deepEqual(files.read(toUri(join(outside, "secret.yaml"))), refused);
  assert.deepEqual(files.read(toUri(join(folder, "link.yaml"))), refused);
  assert.deepEqual(files.list(toUri(outside), "*.yaml"), []);
});

test("the repository of a root may be read", (t) => {
  const folder = folderOf(t, { ".git/HEAD": "", "shared/a.yaml": "a: 1\n", "app/b.yaml": "b: 1\n" });
  const files = nodeFiles([join(folder, "app")]);
  assert.deepEqual(files.read(toUri(join(folder, "shared", "a.yaml"))), { text: "a: 1\n" });
});

test("the current folder may be read, its repository only for a root in it", (t) => {
  const repository = folderOf(t, { ".git/HEAD": "", "here/a.yaml": "a: 1\n", "there/b.yaml": "b: 1\n" });
  const folder = folderOf(t, { "c.yaml": "c: 1\n" });
  const files = nodeFiles([folder], undefined, join(repository, "here"));
  assert.deepEqual(files.read(toUri(join(repository, "here", "a.yaml"))), { text: "a: 1\n" });
  assert.equal("error" in files.read(toUri(join(repository, "there", "b.yaml"))), true);
  assert.deepEqual(
    [files.mayRead(toUri(join(repository, "here"))), files.mayRead(toUri(repository)), files.mayRead(toUri(folder))],
    [true, false, true],
  );
});

test("the folders that somebody works in are the current one and those that are named, not those of named files", (t) => {
  const folder = folderOf(t, { "app/a.yaml": "a: 1\n", "other/b.yaml": "b: 1\n" });
  const files = nodeFiles([join(folder, "app"), join(folder, "other", "b.yaml")], undefined, folder);
  assert.deepEqual(files.folders(), [folder, join(folder, "app")].map(toUri));
  assert.deepEqual([files.setRoots([join(folder, "app")]), files.folders().length], [true, 2]);
  assert.deepEqual([files.setRoots([]), files.folders()], [true, [toUri(folder)]]);
  assert.equal(files.setRoots([]), false);
});

test("a single file as root opens its folder", (t) => {
  const folder = folderOf(t, { "a.yaml": "a: 1\n", "b.yaml": "b: 1\n" });
  const files = nodeFiles([join(folder, "a.yaml")]);
  assert.deepEqual(files.read(toUri(join(folder, "b.yaml"))), { text: "b: 1\n" });
});

test("an open document answers before the disk", (t) => {
  const folder = folderOf(t, { "a.yaml": "disk" });
  const uri = toUri(join(folder, "a.yaml"));
  assert.deepEqual(nodeFiles([folder], (asked) => (asked === uri ? "open" : undefined)).read(uri), { text: "open" });
  assert.deepEqual(nodeFiles([folder], (asked) => (asked === "untitled:1" ? "new" : undefined)).read("untitled:1"), {
    text: "new",
  });
});

test("what cannot be read is one sentence", unix, (t) => {
  const folder = folderOf(t, { "bom.yaml": "\ufeffa: 1\n", "big.yaml": "" });
  mkdirSync(join(folder, "folder.yaml"));
  execFileSync("mkfifo", [join(folder, "pipe.yaml")]);
  truncateSync(join(folder, "big.yaml"), 12 * 1024 * 1024);
  writeFileSync(join(folder, "wide.yaml"), Buffer.from("\ufeffä: 1\n", "utf16le"));
  const files = nodeFiles([folder]);
  const read = (name: string) => files.read(toUri(join(folder, name)));
  assert.deepEqual(read("bom.yaml"), { text: "a: 1\n" });
  assert.deepEqual(read("wide.yaml"), { text: "ä: 1\n" });
  assert.deepEqual(read("gone.yaml"), { error: "There is no such file.", missing: true });
  assert.deepEqual(read("folder.yaml"), { error: "This is a folder, not a file.", missing: false });
  assert.deepEqual(read("pipe.yaml"), { error: "This is not a regular file.", missing: false });
  assert.deepEqual(read("big.yaml"), {
    error: "The file has 12 MB; files of more than 10 MB are not read.",
    missing: false,
  });
  assert.deepEqual(files.read("untitled:new"), { error: "Only files on disk can be read.", missing: true });
});

test("globs are relative to their folder and match names that walks skip only when written out", (t) => {
  const folder = folderOf(t, {
    ".git/HEAD": "",
    ".gitignore": "build\n",
    "budgets/x.yaml": "",
    "services/a/template.yaml": "",
    "services/b/template.yaml": "",
    "services/b/other.yaml": "",
    "services/b/build/template.yaml": "",
    "services/b/node_modules/m/template.yaml": "",
    "cdk.out/A.template.json": "",
    "cdk.out/B.template.json": "",
  });
  const files = nodeFiles([folder]);
  const list = (glob: string) => names(folder, files.list(toUri(join(folder, "budgets")), glob));
  assert.deepEqual(list("../services/*/template.yaml"), ["services/a/template.yaml", "services/b/template.yaml"]);
  assert.deepEqual(list("../**/template.yaml"), ["services/a/template.yaml", "services/b/template.yaml"]);
  assert.deepEqual(list("../services/*/build/*.yaml"), ["services/b/build/template.yaml"]);
  assert.deepEqual(list("../cdk.out/{A,C}.template.json"), ["cdk.out/A.template.json"]);
  assert.deepEqual(list("../*/*.template.json"), []);
  assert.deepEqual(list("../*/node_modules/**"), []);
  assert.deepEqual(list("./x.yaml"), ["budgets/x.yaml"]);
  assert.deepEqual(list("../none/*.yaml"), []);
});

test("listings are remembered until they are forgotten", (t) => {
  const folder = folderOf(t, { "a.yaml": "" });
  const files = nodeFiles([folder]);
  const list = () => names(folder, files.list(toUri(folder), "*.yaml"));
  assert.deepEqual(list(), ["a.yaml"]);
  writeFileSync(join(folder, "b.yaml"), "");
  assert.deepEqual(list(), ["a.yaml"]);
  files.forgetListings();
  assert.deepEqual(list(), ["a.yaml", "b.yaml"]);
});

test("a watched file counts when a walk would come to it", (t) => {
  const folder = folderOf(t, {
    ".git/HEAD": "",
    ".gitignore": "/out\n",
    "a/t.yaml": "",
    "out/t.yaml": "",
    "node_modules/t.yaml": "",
  });
  const walked = (name: string) => isWalked(folder, join(folder, name));
  assert.equal(walked("a/t.yaml"), true);
  assert.equal(walked("out/t.yaml"), false);
  assert.equal(walked("node_modules/t.yaml"), false);
  assert.equal(walked("a/t.md"), false);
  assert.equal(walked("../t.yaml"), false);
});
