/** Writes syntaxes/concurrency-budget.schema.json from the key tables of the budget format. */
import { writeFileSync } from "node:fs";
import { budgetSchemaText } from "#core/budgetFile/budgetSchema.ts";

writeFileSync(new URL("../syntaxes/concurrency-budget.schema.json", import.meta.url), budgetSchemaText());
