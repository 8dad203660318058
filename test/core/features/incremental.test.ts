import assert from "node:assert/strict";
import { test } from "node:test";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Position, Range } from "vscode-languageserver-types";
import {
  codeActions,
  codeLenses,
  complete,
  definition,
  documentLinks,
  documentSymbols,
  type FeatureContext,
  hover,
  inlayHints,
  references,
} from "#core";
import { Workspace } from "#core/workspace.ts";
import { random, randomEdits } from "#support/edits.ts";
import { budgetName, sample, templateName } from "./sample.ts";
import { memoryFiles, sceneOf, uriOf } from "./scene.ts";

const all: Range = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };

/** What every feature answers, for comparison. */
function answers(context: FeatureContext, name: string, position: Position): unknown {
  const uri = uriOf(name);
  return {
    hover: hover(context, uri, position),
    complete: complete(context, uri, position),
    definition: definition(context, uri, position),
    references: references(context, uri, position, true),
    codeActions: codeActions(context, uri, all),
    codeLenses: codeLenses(context, uri),
    inlayHints: inlayHints(context, uri, all),
    documentSymbols: documentSymbols(context, uri),
    documentLinks: documentLinks(context, uri),
  };
}

for (const name of [budgetName, templateName]) {
  test(`${name}: after any edit the features answer as if the files had just been opened`, () => {
    for (let seed = 21; seed <= 24; seed++) {
      const next = random(seed);
      const workspace = new Workspace(memoryFiles(new Map(Object.entries(sample))));
      let text = sample[name] ?? "";
      workspace.setText(uriOf(name), text);
      const input = { budgets: [uriOf(budgetName)], templates: [uriOf(templateName)], options: {} };
      workspace.analyse(input);
      for (const change of randomEdits(text, seed, 40)) {
        text = text.slice(0, change.start) + change.text + text.slice(change.end);
        workspace.applyChange(uriOf(name), change);
        const position = TextDocument.create("", "", 0, text).positionAt(Math.floor(next() * text.length));
        const edited = { sources: workspace, analysis: workspace.analyse(input), options: {} };
        const opened = sceneOf({ ...sample, [name]: text }).context;
        assert.deepEqual(answers(edited, name, position), answers(opened, name, position));
      }
    }
  });
}
