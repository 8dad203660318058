import assert from "node:assert/strict";
import { test } from "node:test";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Position, Range, WorkspaceEdit } from "vscode-languageserver-types";
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
  prepareRename,
  references,
  rename,
} from "#core";
import { random, randomEdits } from "#support/edits.ts";
import { budgetName, sample, templateName } from "./sample.ts";
import { sceneOf, uriOf } from "./scene.ts";

const json = JSON.stringify(
  {
    Transform: "AWS::Serverless-2016-10-31",
    Globals: { Function: { ReservedConcurrentExecutions: 10 } },
    Conditions: { C: { "Fn::Equals": ["a", "b"] } },
    Resources: {
      F: {
        Type: "AWS::Serverless::Function",
        Metadata: { LambdaConcurrency: { ignore: ["value-unknown"] } },
        Properties: { ReservedConcurrentExecutions: 0, Events: { Q: { Type: "SQS", Properties: { Queue: "q" } } } },
      },
      G: { Type: "AWS::Serverless::Function", Properties: { ReservedConcurrentExecutions: 2000 } },
    },
  },
  null,
  2,
);

const files: Readonly<Record<string, string>> = { ...sample, "t.json": json };

/** Runs every feature on a file; returns all ranges that came out. */
function everything(context: FeatureContext, name: string, position: Position): Range[] {
  const uri = uriOf(name);
  const all: Range = { start: { line: 0, character: 0 }, end: { line: 9999, character: 0 } };
  const renamed = rename(context, uri, position, "renamed");
  const prepared = prepareRename(context, uri, position);
  const edits = codeActions(context, uri, all).flatMap(({ edit }) => rangesIn(edit, uri));
  return [
    hover(context, uri, position)?.range ?? all,
    ...complete(context, uri, position).map(({ textEdit }) => (textEdit && "range" in textEdit ? textEdit.range : all)),
    ...codeLenses(context, uri).map(({ range }) => range),
    ...inlayHints(context, uri, all).map((hint) => ({ start: hint.position, end: hint.position })),
    ...documentSymbols(context, uri).map(({ range }) => range),
    ...documentLinks(context, uri).map(({ range }) => range),
    ...definition(context, uri, position).flatMap(({ originSelectionRange }) => originSelectionRange ?? []),
    ...references(context, uri, position, true)
      .filter((each) => each.uri === uri)
      .map(({ range }) => range),
    ...(prepared && "range" in prepared ? [prepared.range] : []),
    ...(renamed && !("refused" in renamed) ? rangesIn(renamed, uri) : []),
    ...edits,
  ].filter((range) => range !== all);
}

/** Ranges of the edits of this file. */
function rangesIn(edit: WorkspaceEdit | undefined, uri: string): Range[] {
  return (edit?.documentChanges ?? []).flatMap((change) =>
    "edits" in change && change.textDocument.uri === uri
      ? change.edits.flatMap((each) => ("range" in each ? [each.range] : []))
      : [],
  );
}

/** Forty edits one after the other, and every feature after each. */
function breakAndAsk(name: string, seed: number): void {
  const next = random(seed);
  let text = files[name] ?? "";
  let before = sceneOf(files).context;
  for (const change of randomEdits(text, seed, 40)) {
    text = text.slice(0, change.start) + change.text + text.slice(change.end);
    const { context } = sceneOf({ ...files, [name]: text });
    const document = TextDocument.create(name, "", 0, text);
    for (const offset of [change.start, Math.floor(next() * text.length)]) {
      const position = document.positionAt(offset);
      // The analysis may be that of the text before, or know nothing of the file.
      const stale = { ...context, analysis: before.analysis };
      const none = { ...context, analysis: { pools: [], findings: [], files: [] } };
      for (const each of [context, stale, none]) {
        for (const range of everything(each, name, position))
          assert.ok(isInside(document, range), JSON.stringify(range));
      }
    }
    before = context;
  }
}

for (const name of [budgetName, templateName, "t.json"]) {
  test(`${name}: no edit, however broken, makes a feature throw or point outside of the text`, () => {
    for (let seed = 1; seed <= 6; seed++) breakAndAsk(name, seed);
  });

  test(`${name}: every place of the whole text answers`, () => {
    const { context } = sceneOf(files);
    const document = TextDocument.create(name, "", 0, files[name] ?? "");
    for (let offset = 0; offset <= document.getText().length; offset++) {
      everything(context, name, document.positionAt(offset));
    }
  });
}

function isInside(document: TextDocument, { start, end }: Range): boolean {
  const same = (position: Position) => {
    const there = document.positionAt(document.offsetAt(position));
    return there.line === position.line && there.character === position.character;
  };
  return same(start) && same(end) && document.offsetAt(start) <= document.offsetAt(end);
}
