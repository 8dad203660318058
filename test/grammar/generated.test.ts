import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { budgetGrammarText } from "#core/budgetFile/budgetGrammar.ts";
import { budgetSchemaText } from "#core/budgetFile/budgetSchema.ts";

const shipped = (name: string) =>
  readFileSync(new URL(`../../syntaxes/${name}`, import.meta.url), "utf8").replaceAll("\r\n", "\n");

test("the shipped schema is the one the key tables make (node scripts/generateSyntaxes.ts writes it)", () => {
  assert.equal(shipped("concurrency-budget.schema.json"), budgetSchemaText());
});

test("the shipped grammar is the one the key tables make (node scripts/generateSyntaxes.ts writes it)", () => {
  assert.equal(shipped("concurrency-budget.tmLanguage.json"), budgetGrammarText());
});
