import assert from "node:assert/strict";
import test from "node:test";
import { type AnalysisInput, Workspace } from "#core";
import { MemoryFiles, uriOf } from "#support/memoryFiles.ts";
import { snapshot } from "#support/snapshot.ts";
import { template } from "../pools/analyse.ts";
import { scene } from "./scene.ts";

const budgetUri = uriOf("concurrency-budget.yaml");
const templates = Object.keys(scene).filter((path) => /template|child|values/.test(path));
const input: AnalysisInput = { budgets: [budgetUri], templates: templates.map(uriOf), options: {} };

test("an analysis after which nothing has changed is made of the same objects", () => {
  const workspace = new Workspace(new MemoryFiles(scene));
  const [first, second] = [workspace.analyse(input), workspace.analyse(input)];
  assert.ok(first.pools.length === 3 && first.findings.length > 10);
  first.pools.forEach((pool, i) => {
    assert.equal(second.pools[i], pool);
  });
  first.findings.forEach((finding, i) => {
    assert.equal(second.findings[i], finding);
  });
});

test("an edit works out again only the pools that the file is part of", () => {
  const workspace = new Workspace(new MemoryFiles(scene));
  const first = workspace.analyse(input);
  workspace.setText(uriOf("services/mail/template.yaml"), `# ${scene["services/mail/template.yaml"]}`);
  const second = workspace.analyse(input);
  assert.deepEqual(
    second.pools.map((pool, i) => [pool.name, pool === first.pools[i]]),
    [
      ["production", false],
      ["development", true],
      ["alone/template.json", true],
    ],
  );
  const orders = (analysis: typeof first) => analysis.pools[0]?.stacks[0]?.template;
  assert.equal(orders(second), orders(first), "the other templates of the pool are not resolved again");
});

test("another snapshot concerns only the pools of its account, and the same one none", () => {
  const workspace = new Workspace(new MemoryFiles(scene));
  const link = { uri: budgetUri, pool: "production", account: "123456789012", region: "us-east-1" };
  const analyse = (live: ReturnType<typeof snapshot>) =>
    workspace.analyse({ ...input, options: { snapshots: [live], links: [link] } });
  const live = snapshot();
  const first = analyse(live);
  assert.deepEqual(
    first.pools.map(({ live }) => live !== undefined),
    [true, false, false],
  );
  const again = analyse(live);
  assert.deepEqual(
    again.pools.map((pool, i) => pool === first.pools[i]),
    [true, true, true],
  );
  assert.ok(again.findings.every((finding, i) => finding === first.findings[i]));
  const newer = analyse(snapshot({ functions: { thumbnails: 5 } }));
  assert.deepEqual(
    newer.pools.map((pool, i) => pool === first.pools[i]),
    [false, true, true],
  );
});

test("a nested template, a samconfig and a budget are looked at again when they change, and only then read again", () => {
  const files = new MemoryFiles(scene);
  const workspace = new Workspace(files);
  const claimed = () => workspace.analyse(input).pools[0]?.ledger.claimed;
  assert.equal(claimed(), 990);
  const change = (path: string, from: string, to: string) => {
    files.write(path, (scene[path] as string).replace(from, to));
    workspace.invalidate(uriOf(path));
  };
  change("shared/child.yaml", "!Ref Count", "1");
  assert.equal(claimed(), 641);
  change("orders/samconfig.toml", "Ingest=350", "Ingest=100");
  assert.equal(claimed(), 391);
  change("concurrency-budget.yaml", "Stage: prod", "Stage: dev");
  assert.equal(claimed(), 313);
  assert.deepEqual(
    Object.keys(scene).map((path) => [path, files.reads.get(uriOf(path))]),
    Object.keys(scene).map((path) => [path, /child|samconfig|budget/.test(path) ? 2 : 1]),
  );
});

test("a file that was missing is noticed when it appears, and when it goes", () => {
  const files = new MemoryFiles({ ...scene });
  files.remove("orders/samconfig.toml");
  files.remove("shared/child.yaml");
  const workspace = new Workspace(files);
  const stack = () => {
    const [pool] = workspace.analyse(input).pools;
    return [pool?.stacks[0]?.name, pool?.unseen.length, pool?.configProblems.length];
  };
  assert.deepEqual(stack(), ["orders", 1, 1]);
  for (const path of ["orders/samconfig.toml", "shared/child.yaml"]) {
    files.write(path, scene[path] as string);
    workspace.invalidate(uriOf(path));
  }
  assert.deepEqual(stack(), ["orders-prod", 0, 0]);
  files.remove("shared/child.yaml");
  workspace.invalidate(uriOf("shared/child.yaml"));
  assert.deepEqual(stack(), ["orders-prod", 1, 0]);
});

test("a template that a glob of the budget finds anew joins the pool", () => {
  const files = new MemoryFiles(scene);
  const workspace = new Workspace(files);
  assert.equal(workspace.analyse(input).pools[0]?.stacks.length, 3);
  files.write("services/new/template.yaml", template({ F: 1 }));
  workspace.invalidate(uriOf("services/new/template.yaml"));
  assert.equal(workspace.analyse(input).pools[0]?.stacks.length, 4);
});

test("an open document counts, and the disk again when it is closed", () => {
  const files = new MemoryFiles({ "t.yaml": template({ F: 1 }) });
  const workspace = new Workspace(files);
  const uri = uriOf("t.yaml");
  const claimed = () => workspace.analyse({ budgets: [], templates: [uri], options: {} }).pools[0]?.ledger.claimed;
  assert.deepEqual([claimed(), workspace.has(uri)], [1, false]);
  workspace.setText(uri, template({ F: 2 }));
  assert.deepEqual([claimed(), workspace.has(uri)], [2, true]);
  files.write("t.yaml", template({ F: 3 }));
  workspace.invalidate(uri);
  assert.equal(claimed(), 2);
  const at = template({ F: 2 }).lastIndexOf("2");
  workspace.applyChange(uri, { start: at, end: at + 1, text: "40" });
  assert.equal(claimed(), 40);
  workspace.setText(uri, undefined);
  assert.deepEqual([claimed(), workspace.has(uri)], [3, false]);
});

test("edits beyond the end of the text, or of a document nobody opened, do no harm", () => {
  const workspace = new Workspace(new MemoryFiles({ "t.yaml": template({ F: 1 }) }));
  const textOf = (path: string) => {
    const file = workspace.get(uriOf(path));
    return "text" in file ? file.text : undefined;
  };
  workspace.applyChange(uriOf("t.yaml"), { start: 1e9, end: 2e9, text: "# end\n" });
  assert.equal(textOf("t.yaml"), `${template({ F: 1 })}# end\n`);
  workspace.applyChange(uriOf("t.yaml"), { start: -5, end: -9, text: "# start\n" });
  assert.equal(textOf("t.yaml"), `# start\n${template({ F: 1 })}# end\n`);
  workspace.applyChange(uriOf("new.yaml"), { start: 7, end: 7, text: template({ G: 1 }) });
  assert.equal(textOf("new.yaml"), template({ G: 1 }));
});

test("the trees of closed files are forgotten and read again on demand", () => {
  const texts = Object.fromEntries(
    Array.from({ length: 30 }, (_, i) => [`t${i}.yaml`, `${template({ F: i })}# ${"x".repeat(10_000)}\n`]),
  );
  const workspace = new Workspace(new MemoryFiles(texts));
  const uris = Object.keys(texts).map(uriOf);
  workspace.setText(uris[0] as string, texts["t0.yaml"]);
  const trees = () =>
    uris.map((uri) => {
      const file = workspace.get(uri);
      assert.ok("tree" in file);
      return file.tree;
    });
  const first = trees();
  const second = trees();
  assert.equal(second[0], first[0], "the tree of an open document stays");
  assert.notEqual(second[1], first[1]);
  assert.deepEqual(second, first);
});

test("a budget file in which no pool can be read still reports its mistakes", () => {
  const workspace = new Workspace(new MemoryFiles({ "concurrency-budget.yaml": "- a\n- b\n" }));
  const { pools, findings } = workspace.analyse({ budgets: [budgetUri], templates: [], options: {} });
  assert.deepEqual(pools, []);
  assert.deepEqual(
    findings.map(({ rule, place }) => [rule, place.uri]),
    [["budget-invalid", budgetUri]],
  );
});

test("a file that cannot be read is reported and stops nothing", () => {
  const workspace = new Workspace(new MemoryFiles({ "t.yaml": template({ F: 1 }) }));
  const uris = ["missing.yaml", "t.yaml"].map(uriOf);
  const { pools, files } = workspace.analyse({ budgets: [budgetUri], templates: uris, options: {} });
  assert.equal(pools.length, 1);
  assert.deepEqual(
    files.map(({ kind, functions, error }) => [kind, functions, error]),
    [
      ["other", 0, "There is no such file."],
      ["other", 0, "There is no such file."],
      ["cloudformation", 1, undefined],
    ],
  );
});

test("text that cannot be read is reported with its line and never fits silently", () => {
  const broken = `${template({ F: 1 })}  G: [1, 2\n  H:\n    Type: AWS::Lambda::Function\n`;
  const workspace = new Workspace(new MemoryFiles({ "t.yaml": broken }));
  const { pools, files } = workspace.analyse({ budgets: [], templates: [uriOf("t.yaml")], options: {} });
  assert.equal(pools[0]?.ledger.verdict, "depends");
  assert.match(files[0]?.error ?? "", /^Line 6, column \d+: This "\[" is not closed\./);
  assert.match(pools[0]?.unseen[0]?.reason ?? "", /^line 6 cannot be read: this "\[" is not closed$/);
});

test("two workspaces over the same files share nothing", () => {
  const files = new MemoryFiles(scene);
  const [one, other] = [new Workspace(files), new Workspace(files)];
  one.setText(uriOf("shared/child.yaml"), "");
  assert.notDeepEqual(one.analyse(input), other.analyse(input));
});
