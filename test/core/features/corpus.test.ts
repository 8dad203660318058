import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { TextDocument } from "vscode-languageserver-textdocument";
import type { Range, WorkspaceEdit } from "vscode-languageserver-types";
import {
  codeActions,
  codeLenses,
  complete,
  type DeclaredFunction,
  definition,
  documentLinks,
  documentSymbols,
  hover,
  inlayHints,
  references,
} from "#core";
import { type Edit, fileOf } from "#core/features/edge.ts";
import { propertiesOf, setReservation } from "#core/features/fixes/functionEdits.ts";
import { removePair } from "#core/features/fixes/insertPair.ts";
import { keyText } from "#core/syntax/lookup.ts";
import { corpusFiles, corpusTest } from "#support/corpus.ts";
import { applied } from "./applyEdit.ts";
import { nameOf, type Scene, sceneOf, uriOf } from "./scene.ts";

const all: Range = { start: { line: 0, character: 0 }, end: { line: 1_000_000, character: 0 } };

corpusTest("every feature answers on every template, wherever a number or a function stands", () => {
  const wordless: string[] = [];
  for (const { path, text } of corpusFiles()) {
    const { context } = sceneOf({ [path]: text });
    const uri = uriOf(path);
    codeLenses(context, uri);
    inlayHints(context, uri, all);
    documentSymbols(context, uri);
    documentLinks(context, uri);
    codeActions(context, uri, all);
    const document = TextDocument.create(uri, "", 0, text);
    for (const { function: declared } of context.analysis.pools.flatMap((pool) => pool.claims).slice(0, 20)) {
      for (const { start } of [declared.place, declared.reserved.place]) {
        const position = document.positionAt(start);
        if (!hover(context, uri, position)) wordless.push(`${path} ${declared.logicalId}`);
        complete(context, uri, position);
        definition(context, uri, position);
        references(context, uri, position, true);
      }
    }
  }
  assert.deepEqual(wordless, []);
});

corpusTest(
  "a reservation can be written into every function, and any property taken out, without touching anything else",
  () => {
    const wrong: string[] = [];
    let edits = 0;
    for (const { path, text } of corpusFiles()) {
      const scene = sceneOf({ [path]: text });
      const file = fileOf(scene.context, uriOf(path));
      if (!file || file.tree.problems.length > 0) continue;
      for (const declared of soleFunctions(scene, path).slice(0, 3)) {
        const write = setReservation(file, declared, 7);
        const expected = new Map([...reservations(scene), [declared.logicalId, 7]]);
        if (write && !isDeepStrictEqual(reservations(edited(path, text, write)), expected))
          wrong.push(`${path}: write ${declared.logicalId}`);
        const properties = propertiesOf(file, declared);
        for (const pair of properties?.map.written.slice(0, 3) ?? []) {
          const removal = properties && removePair(file, properties.map, pair, properties.holder);
          const left = properties?.map.written.filter((each) => each !== pair).map(keyText);
          if (removal && !isDeepStrictEqual(keysOf(edited(path, text, removal), path, declared), left))
            wrong.push(`${path}: remove ${keyText(pair)}`);
          edits++;
        }
      }
    }
    assert.deepEqual(wrong, []);
    assert.ok(edits > 1000, `only ${edits} edits were tried`);
  },
);

corpusTest("every quick fix leaves text that reads as well as before, and no new error", () => {
  const wrong: string[] = [];
  let tried = 0;
  for (const { path, text } of corpusFiles()) {
    const budget = `limit: 30\nfloor: 10\nstacks:\n  - template: ${JSON.stringify(path)}\n    name: s\nreservations:\n  s/Gone: 3\n`;
    const before = sceneOf({ [path]: text, "concurrency-budget.yaml": budget });
    const known = errorsOf(before);
    for (const [title, edit] of fixesOf(before, path)) {
      const after = sceneOf(applied(before.files, edit));
      const added = errorsOf(after).length > known.length || errorsOf(after).some((error) => !known.includes(error));
      if (added || mistakesIn(after) > mistakesIn(before)) wrong.push(`${path}: ${title}`);
      tried++;
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(tried > 1000, `only ${tried} fixes were tried`);
});

/** The fixes of the first findings in a template and its budget. */
function fixesOf({ context }: Scene, path: string): [string, WorkspaceEdit][] {
  const actions = [path, "concurrency-budget.yaml"].flatMap((name) =>
    codeActions(context, uriOf(name), all, [], ["quickfix"]),
  );
  return actions.slice(0, 12).flatMap(({ title, edit }) => (edit ? [[title, edit]] : []));
}

/** Errors by file and rule: their sentences name other functions and numbers once one is changed. */
function errorsOf({ context }: Scene): string[] {
  return context.analysis.findings
    .filter(({ severity, suppressed }) => severity === "error" && !suppressed)
    .map(({ rule, place }) => `${nameOf(place.uri)} ${rule}`);
}

function mistakesIn({ context, files }: Scene): number {
  return [...files.keys()].reduce((sum, name) => sum + (fileOf(context, uriOf(name))?.tree.problems.length ?? 0), 0);
}

/** Functions that are written once (no loop) and exist for certain. */
function soleFunctions({ context }: Scene, path: string): DeclaredFunction[] {
  const functions = context.analysis.pools.flatMap((pool) => pool.claims).map((claim) => claim.function);
  return functions.filter(
    ({ place, condition }) =>
      place.uri === uriOf(path) &&
      condition === undefined &&
      functions.filter((other) => other.place.start === place.start).length === 1,
  );
}

function edited(path: string, text: string, { start, end, text: by }: Edit): Scene {
  return sceneOf({ [path]: text.slice(0, start) + by + text.slice(end) });
}

function reservations({ context }: Scene): Map<string, unknown> {
  const functions = context.analysis.pools.flatMap((pool) => pool.claims).map((claim) => claim.function);
  return new Map(functions.map(({ logicalId, reserved }) => [logicalId, reserved.value]));
}

/** Keys of a function's properties in a text that reads without a mistake. */
function keysOf(scene: Scene, path: string, { logicalId }: DeclaredFunction): unknown {
  const file = fileOf(scene.context, uriOf(path));
  const declared = soleFunctions(scene, path).find((each) => each.logicalId === logicalId);
  if (!file || !declared || file.tree.problems.length > 0) return "does not read";
  return propertiesOf(file, declared)?.map.written.map(keyText) ?? [];
}
