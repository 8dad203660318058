import { downstreamKeys, grantKeys, type KeyTable, poolKeys, reservedSchema, stackKeys } from "./budgetKeys.ts";

type Schema = Readonly<Record<string, unknown>>;

/** The JSON schema (draft 7) of one document of a budget file, for editors that only know schemas. */
export function budgetSchema(): Schema {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Lambda concurrency budget",
    description: "Who may reserve how much of the Lambda concurrency of one AWS account and Region.",
    ...mappingOf(poolKeys),
    definitions: {
      stack: { description: "A template deployed into the pool, one or more times.", ...mappingOf(stackKeys) },
      grant: {
        description:
          "A number, `off` (0 on purpose), or a mapping with `reserved`, `reason`, `owner` and `max-cost-per-hour`.",
        anyOf: [reservedSchema, mappingOf(grantKeys)],
      },
      downstream: { description: "A system that bears only so many functions at once.", ...mappingOf(downstreamKeys) },
    },
  };
}

/** The schema as the text of `syntaxes/concurrency-budget.schema.json`. */
export function budgetSchemaText(): string {
  return `${JSON.stringify(budgetSchema(), null, 2)}\n`;
}

function mappingOf(keys: KeyTable): Schema {
  const entries = Object.entries(keys);
  const required = entries.filter(([, key]) => key.required).map(([name]) => name);
  return {
    type: "object",
    additionalProperties: false,
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(
      entries.map(([name, key]) => [
        name,
        { description: plainText(key.description), markdownDescription: key.description, ...key.schema },
      ]),
    ),
  };
}

function plainText(markdown: string): string {
  return markdown.replaceAll("`", "");
}
