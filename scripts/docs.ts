/**
 * Writes what is derived from the rule table: docs/rules.md (with the hand-written text of docs/rules/ID.md), and the
 * settings of the rules in package.json and package.nls.json; from the keys of the budget format: docs/budget-file.md. `--check` writes nothing and fails when something differs.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Rule, type RuleId, rules } from "#core";
import { downstreamKeys, grantKeys, type KeyTable, poolKeys, stackKeys } from "#core/budgetFile/budgetKeys.ts";
import { root } from "./command.ts";

const table = Object.entries(rules) as readonly (readonly [RuleId, Rule])[];

function read(file: string): string {
  return readFileSync(path.join(root, file), "utf8").replaceAll("\r\n", "\n");
}

/** The page that explains every rule, one section each; the anchor of a section is the rule's id. */
function rulesPage(): string {
  const rows = table.map(([id, { severity, summary }]) => `| [\`${id}\`](#${id}) | ${severity} | ${summary} |`);
  const sections = table.map(([id, { severity, summary, help }]) => {
    const text = `docs/rules/${id}.md`;
    if (!existsSync(path.join(root, text))) throw new Error(`${text} is missing: write what ${id} looks like.`);
    return `## ${id}\n\n*${summary}* Default severity: ${severity}.\n\n${help}\n\n${read(text).trim()}\n`;
  });
  return `<!-- Written by npm run docs from the rule table and docs/rules/. -->
# Rules

What Lambda Concurrency reports about templates and budget files. The severity of each rule is a setting
(\`lambdaConcurrency.rules\`; \`off\` silences it). A single finding is silenced by a comment on its line or above it,
\`# lambda-concurrency-ignore RULE: reason\`; in JSON by the resource's \`Metadata.LambdaConcurrency.ignore\`.

| rule | default | reports |
| --- | --- | --- |
${rows.join("\n")}

${sections.join("\n")}`;
}

function keyRows(keys: KeyTable): string {
  const rows = Object.entries(keys).map(([key, { description, example, required }]) => {
    const shown = example === "" ? "" : `\`${key}: ${example}\``;
    return `| \`${key}\` | ${required ? "**Required.** " : ""}${description} | ${shown} |`;
  });
  return ["| key | meaning | example |", "| --- | --- | --- |", ...rows].join("\n");
}

/** The page that explains every key of a budget file. */
function budgetPage(): string {
  return `<!-- Written by npm run docs from the keys of the budget format. -->
# Budget file

\`concurrency-budget.yaml\` says who may reserve how much of a pool: the concurrency of one account in one Region.
A file holds one YAML document for each pool, parted by \`---\`. \`lambda-concurrency init\` writes the first one
from what your templates reserve; in the editor keys are completed and explained. \`budget-invalid\` and other
[rules](rules.md) report what is wrong.

\`\`\`yaml
pool: production
account: "123456789012"
region: us-east-1
limit: 1000
floor: 100
keep-unreserved: 150
stacks:
  - template: services/orders/template.yaml
    name: orders-prod
    config: prod
reservations:
  thumbnails: 350
  orders-prod/Ingest: { reserved: 200, reason: "RDS proxy allows 200 connections", owner: data-team }
  orders-prod/*: 40
  legacy-report: off
kill-groups:
  checkout: [orders-prod/*, payments-api]
\`\`\`

## Pool

${keyRows(poolKeys)}

## stacks

${keyRows(stackKeys)}

## reservations

A value is a number, \`off\`, or a mapping of these keys.

${keyRows(grantKeys)}

## downstreams

Each entry is the name of a system with these keys.

${keyRows(downstreamKeys)}

## kill-groups

Each entry is a name with a list of functions: \`checkout: [orders-prod/*, payments-api]\`. \`kill --group checkout\`
switches them off together.
`;
}

interface RuleSetting {
  readonly type: "string";
  readonly enum: readonly string[];
  readonly default: string;
  readonly markdownDescription: string;
}

/** package.json with one property per rule in the setting `lambdaConcurrency.rules`. */
function manifest(): string {
  const json = JSON.parse(read("package.json"));
  const setting = json.contributes.configuration.properties["lambdaConcurrency.rules"];
  setting.properties = Object.fromEntries(
    table.map(([id, { severity }]): [string, RuleSetting] => [
      id,
      {
        type: "string",
        enum: ["error", "warning", "information", "off"],
        default: severity,
        markdownDescription: `%rule.${id}%`,
      },
    ]),
  );
  return `${JSON.stringify(json, null, 2)}\n`;
}

/** package.nls.json with the sentence of each rule. */
function strings(): string {
  const own = Object.entries(JSON.parse(read("package.nls.json")) as Record<string, string>);
  const kept = own.filter(([key]) => !key.startsWith("rule."));
  const described = table.map(([id, { summary }]) => [`rule.${id}`, summary]);
  return `${JSON.stringify(Object.fromEntries([...kept, ...described]), null, 2)}\n`;
}

/** The generated files with the text they must have. */
export function generated(): ReadonlyMap<string, string> {
  return new Map([
    ["docs/rules.md", rulesPage()],
    ["docs/budget-file.md", budgetPage()],
    ["package.json", manifest()],
    ["package.nls.json", strings()],
  ]);
}

/** The generated files whose text on disk is another. */
export function outdated(): readonly string[] {
  return [...generated()]
    .filter(([file, text]) => !existsSync(path.join(root, file)) || read(file) !== text)
    .map(([file]) => file);
}

if (import.meta.main) {
  const files = outdated();
  if (process.argv.includes("--check")) {
    for (const file of files) console.error(`${file} is out of date: run npm run docs and commit the result.`);
    process.exitCode = files.length === 0 ? 0 : 1;
  } else {
    const texts = generated();
    for (const file of files) writeFileSync(path.join(root, file), texts.get(file) ?? "");
    console.log(files.length === 0 ? "Nothing to write." : `Wrote ${files.join(", ")}.`);
  }
}
