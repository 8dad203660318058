import assert from "node:assert/strict";
import { test } from "node:test";
import type { Position } from "vscode-languageserver-types";
import { definition, documentLinks, references } from "#core";
import { budgetName, sample, sampleWith, templateName } from "./sample.ts";
import { nameOf, type Scene, sceneAt, sceneOf, uriOf } from "./scene.ts";

/** The text of a file's line from a position on. */
function textAt({ files }: Scene, uri: string, { line, character }: Position): string {
  const name = nameOf(uri);
  return `${name}: ${files.get(name)?.split(/\r?\n/)[line]?.slice(character).trim()}`;
}

function definitionsAt(files: Readonly<Record<string, string>>): string[] {
  const scene = sceneAt(files);
  const links = definition(scene.context, scene.uri, scene.position);
  return links.map((link) => textAt(scene, link.targetUri, link.targetSelectionRange.start));
}

function referencesAt(files: Readonly<Record<string, string>>, includeDeclaration = true): string[] {
  const scene = sceneAt(files);
  const found = references(scene.context, scene.uri, scene.position, includeDeclaration);
  return found.map((location) => textAt(scene, location.uri, location.range.start));
}

const grant = `${budgetName}: orders-prod/Ingest: { reserved: 300, reason: "RDS proxy allows 300", owner: data-team }`;
const number = `${templateName}: !If [IsProd, !Ref N, 5]`;
const group = `${budgetName}: orders-prod/*]`;

test("a budget entry leads to its functions, and a function to its budget entry", () => {
  assert.deepEqual(definitionsAt(sampleWith(budgetName, "orders-prod/Ingest:", "orders-|prod/Ingest:")), [
    `${templateName}: Ingest:`,
  ]);
  assert.deepEqual(definitionsAt(sampleWith(budgetName, "thumbnails: 350", "thumbnails: 3|50")), [
    `${templateName}: Other:`,
  ]);
  assert.deepEqual(definitionsAt(sampleWith(templateName, "Ingest:", "Ing|est:")), [grant]);
  assert.deepEqual(definitionsAt(sampleWith(templateName, "Executions: 400", "Executions: 4|00")), [
    `${budgetName}: thumbnails: 350`,
  ]);
});

test("a pattern leads to every function it names", () => {
  const found = definitionsAt(sampleWith(budgetName, "[orders-prod/*]", "[orders-prod/|*]"));
  assert.deepEqual(
    found,
    ["Ingest:", "Other:", "Third:"].map((each) => `${templateName}: ${each}`),
  );
});

test("a stack entry leads to its template, its parameter to the template's", () => {
  const start = `${templateName}: Transform: AWS::Serverless-2016-10-31`;
  assert.deepEqual(definitionsAt(sampleWith(budgetName, "template: orders", "template: or|ders")), [start]);
  assert.deepEqual(definitionsAt(sampleWith(budgetName, "name: orders", "name: or|ders")), [start]);
  assert.deepEqual(definitionsAt(sampleWith(budgetName, "Stage: prod", "Stage: pr|od")), [
    `${templateName}: Stage: { Type: String, Default: dev }`,
  ]);
});

test("an environment of a stack entry leads to samconfig, a parameter file to itself", () => {
  const config = { "orders/samconfig.toml": "version = 0.1\n[prod.deploy.parameters]\nstack_name = 'a'\n" };
  const [environment] = definitionsAt({
    ...sampleWith(budgetName, "parameters: { Stage: prod }", "config: pr|od"),
    ...config,
  });
  assert.match(environment ?? "", /^orders\/samconfig\.toml: /);
  const file = sampleWith(budgetName, "parameters: { Stage: prod }", "parameters: orders/prod|.json");
  const given = { "orders/prod.json": '{"Parameters": {"Stage": "prod"}}' };
  assert.deepEqual(definitionsAt({ ...file, ...given }), ['orders/prod.json: {"Parameters": {"Stage": "prod"}}']);
});

test("a Ref inside a number leads to the parameter, and the parameter to what sets it", () => {
  assert.deepEqual(definitionsAt(sampleWith(templateName, "!Ref N,", "!Ref |N,")), [
    `${templateName}: N: { Type: Number, Default: 300 }`,
  ]);
  assert.deepEqual(definitionsAt(sampleWith(templateName, "Stage: {", "St|age: {")), [`${budgetName}: prod }`]);
  assert.deepEqual(definitionsAt(sampleWith(templateName, "[!Ref Stage", "[!Ref St|age")), []);
});

test("references are the function, its number, its grant and the groups that name it, from either side", () => {
  assert.deepEqual(referencesAt(sampleWith(templateName, "Ingest:", "Ing|est:")), [
    `${templateName}: Ingest:`,
    number,
    grant,
    group,
  ]);
  assert.deepEqual(referencesAt(sampleWith(budgetName, "orders-prod/Ingest:", "orders-|prod/Ingest:")), [
    grant,
    number,
    group,
  ]);
  assert.deepEqual(referencesAt(sampleWith(budgetName, "orders-prod/Ingest:", "orders-|prod/Ingest:"), false), [
    number,
    group,
  ]);
});

test("references of a parameter are the numbers it feeds", () => {
  assert.deepEqual(referencesAt(sampleWith(templateName, "N: {", "|N: {")), [
    `${templateName}: N: { Type: Number, Default: 300 }`,
    number,
  ]);
});

test("a stack entry links to its template; a glob with several matches does not", () => {
  const targets = (files: Readonly<Record<string, string>>) =>
    documentLinks(sceneOf(files).context, uriOf(budgetName)).map(({ target }) => nameOf(target ?? ""));
  assert.deepEqual(targets(sample), [templateName]);
  const glob = sampleWith(budgetName, "orders/template.yaml", '"**/template.yaml"');
  assert.deepEqual(targets(glob), [templateName]);
  assert.deepEqual(targets({ ...glob, "other/template.yaml": sample[templateName] ?? "" }), []);
});

test("a parameter file is linked", () => {
  const files = sampleWith(budgetName, "parameters: { Stage: prod }", "parameters: orders/prod.json");
  const { context } = sceneOf({ ...files, "orders/prod.json": '{"Parameters": {"Stage": "prod"}}' });
  const targets = documentLinks(context, uriOf(budgetName)).map(({ target }) => nameOf(target ?? ""));
  assert.deepEqual(targets, [templateName, "orders/prod.json"]);
});

test("a nested stack links to its template", () => {
  const parent =
    "Transform: AWS::Serverless-2016-10-31\nResources:\n  Child:\n    Type: AWS::Serverless::Application\n    Properties:\n      Location: ./orders/template.yaml\n";
  const scene = sceneOf({ "parent.yaml": parent, [templateName]: sample[templateName] ?? "" });
  const links = documentLinks(scene.context, uriOf("parent.yaml"));
  assert.deepEqual(
    links.map(({ target, range }) => [nameOf(target ?? ""), textAt(scene, uriOf("parent.yaml"), range.start)]),
    [[templateName, "parent.yaml: ./orders/template.yaml"]],
  );
});
