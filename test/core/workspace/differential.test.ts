import assert from "node:assert/strict";
import test from "node:test";
import { type Analysis, type AnalysisInput, type AnalysisOptions, isBudgetFile, Workspace } from "#core";
import { corpusFiles, corpusTest } from "#support/corpus.ts";
import { random, randomEdits } from "#support/edits.ts";
import { MemoryFiles, uriOf } from "#support/memoryFiles.ts";
import { snapshot } from "#support/snapshot.ts";
import { scene } from "./scene.ts";

const budget = "concurrency-budget.yaml";
const live = snapshot({
  limit: 800,
  functions: {
    thumbnails: 300,
    a: { reserved: 5, in: "orders-prod/Ingest" },
    b: { reserved: 9, in: "orders-prod/Old" },
  },
});

function inputFor(paths: readonly string[], options: AnalysisOptions = {}): AnalysisInput {
  const uris = paths.filter((path) => !path.endsWith(".toml")).map(uriOf);
  return { budgets: uris.filter(isBudgetFile), templates: uris.filter((uri) => !isBudgetFile(uri)), options };
}

function fromScratch(texts: Readonly<Record<string, string>>, input: AnalysisInput): Analysis {
  return new Workspace(new MemoryFiles(texts)).analyse(input);
}

/** Edits open documents and compares after each edit with an analysis of the same texts from scratch. */
function compareWhileEditing(
  start: Readonly<Record<string, string>>,
  edited: readonly string[],
  seed: number,
  count: number,
) {
  const texts: Record<string, string> = { ...start };
  const workspace = new Workspace(new MemoryFiles(start));
  const input = inputFor(Object.keys(texts));
  for (const path of edited) workspace.setText(uriOf(path), texts[path]);
  const edits = new Map(edited.map((path, i) => [path, randomEdits(texts[path] as string, seed * 100 + i, count)]));
  const next = random(seed);
  for (let i = 0; i < count; i++) {
    const path = edited[Math.floor(next() * edited.length)] as string;
    const edit = edits.get(path)?.next();
    assert.ok(edit && !edit.done);
    const { start: from, end, text } = edit.value;
    const old = texts[path] as string;
    texts[path] = old.slice(0, from) + text + old.slice(end);
    workspace.applyChange(uriOf(path), edit.value);
    assert.deepEqual(workspace.analyse(input), fromScratch(texts, input), `seed ${seed}, edit ${i} of ${path}`);
  }
}

test("analysis after edits equals analysis from scratch", () => {
  const paths = Object.keys(scene);
  for (let seed = 1; seed <= 6; seed++) compareWhileEditing(scene, paths, seed, 60);
});

test("undoing an edit brings the first analysis back", () => {
  const workspace = new Workspace(new MemoryFiles(scene));
  const input = inputFor(Object.keys(scene));
  for (const [path, text] of Object.entries(scene)) workspace.setText(uriOf(path), text);
  const first = workspace.analyse(input);
  for (const [path, text] of Object.entries(scene)) {
    for (let at = 0; at < text.length; at += 37) {
      workspace.applyChange(uriOf(path), { start: at, end: at, text: "[" });
      workspace.analyse(input);
      workspace.applyChange(uriOf(path), { start: at, end: at + 1, text: "" });
    }
    assert.deepEqual(workspace.analyse(input), first, path);
  }
});

test("analysis after changes on disk, opening, closing, deleting and other options equals analysis from scratch", () => {
  for (let seed = 1; seed <= 8; seed++) {
    const next = random(seed);
    const pick = <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)] as T;
    const disk: Record<string, string> = { ...scene };
    const open: Record<string, string> = {};
    const files = new MemoryFiles(disk);
    const workspace = new Workspace(files);
    const paths = Object.keys(scene);
    const optionSets: AnalysisOptions[] = [
      {},
      { configEnv: "prod" },
      { together: true, limit: 500 },
      { levels: { "pool-overcommitted": "off", "not-in-budget": "error" } },
      { parameters: new Map([["Ingest", "7"]]), levels: { "globals-multiply": "off" } },
      { snapshots: [live], linkAll: true },
      { snapshots: [live], links: [{ uri: uriOf(budget), pool: "production", ...live.identity }] },
      { snapshots: [snapshot({ limit: 90, state: "reading" })], linkAll: true },
    ];
    for (let step = 0; step < 60; step++) {
      const path = pick(paths);
      const edit = () =>
        [...randomEdits(open[path] ?? disk[path] ?? "", seed * 1000 + step, 2)].reduce(
          (text, change) => text.slice(0, change.start) + change.text + text.slice(change.end),
          open[path] ?? disk[path] ?? "",
        );
      const action = pick(["write", "delete", "restore", "open", "type", "close"]);
      if (action === "write" || action === "restore") {
        disk[path] = action === "write" ? edit() : (scene[path] as string);
        files.write(path, disk[path]);
        workspace.invalidate(uriOf(path));
      } else if (action === "delete") {
        delete disk[path];
        files.remove(path);
        workspace.invalidate(uriOf(path));
      } else if (action === "close") {
        delete open[path];
        workspace.setText(uriOf(path), undefined);
      } else {
        open[path] = action === "open" ? (open[path] ?? disk[path] ?? "") : edit();
        workspace.setText(uriOf(path), open[path]);
      }
      const input = inputFor(paths, pick(optionSets));
      // A glob asks the disk what is there; what is open elsewhere does not make a file appear.
      const expected = new Workspace(new MemoryFiles(disk));
      for (const [name, text] of Object.entries(open)) expected.setText(uriOf(name), text);
      assert.deepEqual(
        workspace.analyse(input),
        expected.analyse(input),
        `seed ${seed}, step ${step}: ${action} ${path}`,
      );
    }
  }
});

corpusTest("analysis after edits equals analysis from scratch", () => {
  const files = corpusFiles().filter(({ path }) => /deploy-failures|language-extensions|forms|large/.test(path));
  for (let i = 0; i < files.length; i += 13) {
    const { path, text } = files[i] as (typeof files)[number];
    if (text.length < 200_000) compareWhileEditing({ [path]: text }, [path], i + 1, 12);
  }
});
