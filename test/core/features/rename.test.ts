import assert from "node:assert/strict";
import { test } from "node:test";
import { TextDocument } from "vscode-languageserver-textdocument";
import { prepareRename, rename } from "#core";
import { budgetName, sampleWith, templateName } from "./sample.ts";
import { sceneAt, sceneOf } from "./scene.ts";

/** The budget after the rename, or the sentence that refuses it. */
function renamedAt(files: Readonly<Record<string, string>>, newName: string): string | undefined {
  const { context, uri, position, files: texts } = sceneAt(files);
  const unversioned = { ...context, options: { documentChanges: false } };
  const edit = rename(unversioned, uri, position, newName);
  if (!edit) return undefined;
  if ("refused" in edit) return edit.refused;
  assert.deepEqual(Object.keys(edit.changes ?? {}), [uri]);
  const document = TextDocument.create(uri, "", 0, texts.get(budgetName) ?? "");
  return TextDocument.applyEdits(document, edit.changes?.[uri] ?? []);
}

const inBudget = (from: string, to: string) => sampleWith(budgetName, from, to);

const text = `stacks:
  - { template: a.yaml, name: shop }
  - template: b.yaml
    name: ["shop", other]
reservations:
  shop/Fn: 1
  "shop/*": 2
  other/Fn: 3
  api: 4
downstreams:
  db: { capacity: 10, functions: [shop/Fn, api] }
kill-groups:
  shop: ['shop/Fn', "api", shopping/Fn]
`;
const at = (from: string, to: string) => ({ [budgetName]: text.replace(from, to) });

test("a stack's name is renamed with every entry and pattern that speaks of it, quotes kept", () => {
  const expected = text
    .replace("name: shop }", "name: store }")
    .replace('["shop"', '["store"')
    .replaceAll("shop/Fn:", "store/Fn:")
    .replace('"shop/*"', '"store/*"')
    .replace("[shop/Fn", "[store/Fn")
    .replace("'shop/Fn'", "'store/Fn'");
  assert.equal(renamedAt(at("name: shop }", "name: sh|op }"), "store"), expected);
  assert.equal(renamedAt(at("  shop/Fn", "  sh|op/Fn"), "store"), expected);
});

test("an entry is renamed with the groups that name it", () => {
  const expected = text
    .replace("api: 4", "gateway: 4")
    .replace("Fn, api]", "Fn, gateway]")
    .replace('"api"', '"gateway"');
  assert.equal(renamedAt(at("  api: 4", "  a|pi: 4"), "gateway"), expected);
  assert.equal(renamedAt(at("Fn, api", "Fn, ap|i"), "gateway"), expected);
});

test("a name that YAML would read otherwise is quoted", () => {
  assert.match(renamedAt(at("  api: 4", "  a|pi: 4"), "*") ?? "", /^ {2}"\*": 4$/m);
  assert.match(renamedAt(at("  api: 4", "  a|pi: 4"), "off") ?? "", /^ {2}"off": 4$/m);
});

test("a logical id is refused with what to do", () => {
  assert.match(
    renamedAt(at("shop/Fn: 1", "shop/F|n: 1"), "x") ?? "",
    /^Fn is the logical ID in the stack's template\. Rename it there by hand/,
  );
  assert.match(
    renamedAt(sampleWith(templateName, "Ingest:", "Ing|est:"), "x") ?? "",
    /^Ingest is a logical ID: CloudFormation replaces the function when it is renamed\. /,
  );
});

test("a stack's name that the budget does not say is refused, one that no stack has is corrected", () => {
  const files = (from: string, to: string) => ({
    [budgetName]: "stacks:\n  - template: shop/t.yaml\nreservations:\n  shop/Fn: 1\n  shap/Fn: 1\n".replace(from, to),
    "shop/t.yaml": "Resources: { Fn: { Type: AWS::Lambda::Function } }",
  });
  assert.match(
    renamedAt(files("shop/Fn", "sh|op/Fn"), "x") ?? "",
    /^The stack's name shop comes from samconfig or its folder/,
  );
  assert.match(renamedAt(files("shap/Fn", "sh|ap/Fn"), "shop2") ?? "", /^ {2}shop2\/Fn: 1$/m);
});

test("names that cannot be are refused", () => {
  assert.match(renamedAt(at("  api: 4", "  a|pi: 4"), "shop/Fn") ?? "", /^shop\/Fn is already an entry of this pool/);
  assert.equal(
    renamedAt(at("name: shop }", "name: sh|op }"), "other"),
    "other/Fn is already an entry of this pool: give another name.",
  );
  assert.match(renamedAt(at("  api: 4", "  a|pi: 4"), " ") ?? "", /^The new name is empty/);
  assert.match(renamedAt(at("name: shop }", "name: sh|op }"), "a/b") ?? "", /^A stack name has no slash/);
});

test("the prepared range is the name alone", () => {
  const { context, uri, position } = sceneAt(at('"shop/*"', '"sh|op/*"'));
  assert.deepEqual(prepareRename(context, uri, position), {
    range: { start: { line: 6, character: 3 }, end: { line: 6, character: 7 } },
    placeholder: "shop",
  });
});

test("nothing else is renamed", () => {
  assert.equal(renamedAt(inBudget("limit: 1000", "limit: 10|00"), "x"), undefined);
  assert.equal(renamedAt(inBudget("thumbnails: 350", "thumbnails: 3|50"), "x"), undefined);
  assert.equal(renamedAt(sampleWith(templateName, "Type: AWS", "Ty|pe: AWS"), "x"), undefined);
  assert.equal(prepareRename(sceneOf({}).context, "file:///work/none.yaml", { line: 0, character: 0 }), undefined);
});
