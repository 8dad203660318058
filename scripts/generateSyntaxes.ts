/**
 * Writes what editors know of the budget format, syntaxes/concurrency-budget.schema.json and .tmLanguage.json, from its key
 * tables. A test fails when they differ.
 */
import { writeFileSync } from "node:fs";
import { budgetGrammarText } from "#core/budgetFile/budgetGrammar.ts";
import { budgetSchemaText } from "#core/budgetFile/budgetSchema.ts";

const syntaxes = new URL("../syntaxes/", import.meta.url);
writeFileSync(new URL("concurrency-budget.schema.json", syntaxes), budgetSchemaText());
writeFileSync(new URL("concurrency-budget.tmLanguage.json", syntaxes), budgetGrammarText());
