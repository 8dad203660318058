import assert from "node:assert/strict";
import { test } from "node:test";
import type { AnalysisInput, Files } from "#core";
import { Workspace } from "#core";
import { Analyser } from "#lsp/analyser.ts";
import { Faults } from "#lsp/faults.ts";
import { template } from "./shared.ts";

/** A workspace with a bug that strikes on one file. */
class Buggy extends Workspace {
  bug: string | undefined = "untitled:bad";

  override analyse(input: AnalysisInput) {
    if (this.bug !== undefined && input.templates.includes(this.bug)) throw new TypeError("x is not a function");
    return super.analyse(input);
  }
}

const noFiles: Files = { read: () => ({ error: "There is no such file.", missing: true }), list: () => [] };

function setUp() {
  const workspace = new Buggy(noFiles);
  const templates = ["untitled:bad", "untitled:good"];
  for (const uri of templates) workspace.setText(uri, template(950));
  const log: string[] = [];
  const faults = new Faults(
    (text) => log.push(text),
    () => undefined,
  );
  const analyser = new Analyser(workspace, () => ({ budgets: [], templates, options: {} }), faults);
  return { workspace, analyser, faults, log };
}

test("a bug in the analysis of one file leaves the findings of the others, one log entry and a visible fault", () => {
  const { analyser, faults, log } = setUp();
  assert.deepEqual(
    analyser.analysis().findings.map(({ place }) => place.uri),
    ["untitled:good"],
  );
  analyser.invalidate("untitled:good");
  analyser.analysis();
  assert.equal(log.length, 1);
  assert.match(
    log[0] ?? "",
    /Checking untitled:bad failed because of an internal error: x is not a function\nTypeError: x is not a function\n +at /,
  );
  assert.deepEqual(faults.notes, ["Checking untitled:bad failed because of an internal error: x is not a function"]);
});

test("a file that failed is tried again when it changes, and the fault goes away", () => {
  const { workspace, analyser, faults } = setUp();
  analyser.analysis();
  workspace.bug = undefined;
  analyser.invalidate("untitled:bad");
  assert.equal(analyser.analysis().findings.length, 2);
  assert.deepEqual(faults.notes, []);
});

test("the analysis is made once for all who ask between two changes", () => {
  const { analyser } = setUp();
  assert.equal(analyser.analysis(), analyser.analysis());
});
