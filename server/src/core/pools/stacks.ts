import type { AnalysisOptions, MissingStack, Stack } from "../analysis.ts";
import type { BudgetStack } from "../budgetFile/budgetFile.ts";
import type { Uri } from "../model.ts";
import type { StackConfig } from "../samconfig/stackConfig.ts";
import { folderOf, resolvePath } from "../samconfig/uris.ts";
import type { Answers } from "./answers.ts";
import { outermost } from "./outermost.ts";
import { folderName, isPathGlob } from "./paths.ts";
import { isWildcard } from "./wildcard.ts";

/** A stack with the samconfig answer it was made with. */
export interface ConfiguredStack {
  readonly stack: Stack;
  readonly config: StackConfig;
}

/** What a budget's stack entry leads to. */
export interface FoundStacks {
  readonly stacks: readonly ConfiguredStack[];
  readonly missing?: MissingStack;
}

/** The stacks of one entry: one for each template found and each name listed. */
export function stacksOfEntry(
  entry: BudgetStack,
  budget: Uri,
  options: AnalysisOptions,
  answers: Answers,
): FoundStacks {
  const found = findTemplates(entry.template.value, folderOf(budget), answers);
  if ("missing" in found) return { stacks: [], missing: { entry, message: found.missing } };
  const stacks = outermost(found.templates.map((uri) => resolved(uri, entry, options, answers)));
  return {
    stacks: stacks.flatMap(({ config, template }) =>
      copiesOf(entry, config.stackName ?? folderName(template.uri)).map(({ name, instances }) => ({
        config,
        stack: { name, template, instances, ...environmentOf(config), place: entry.place },
      })),
    ),
  };
}

/** A template that no budget lists, as the stack that its samconfig describes. */
export function standaloneStack(uri: Uri, options: AnalysisOptions, answers: Answers): ConfiguredStack {
  const { config, template } = resolved(uri, undefined, options, answers);
  const name = config.stackName ?? folderName(uri);
  return { config, stack: { name, template, instances: 1, ...environmentOf(config) } };
}

function resolved(uri: Uri, entry: BudgetStack | undefined, options: AnalysisOptions, answers: Answers) {
  const config = answers.config(uri, {
    configEnv: options.configEnv,
    config: entry?.config,
    stackParameters: entry?.parameters,
    parametersFile: entry?.parametersFile,
    overrides: options.parameters,
  });
  return { config, template: answers.resolve(uri, config.parameters) };
}

function environmentOf(config: StackConfig): Pick<Stack, "environment"> {
  return config.environment === undefined ? {} : { environment: config.environment };
}

/**
 * Names of the copies. Of a list each name is one copy; copies beyond the list are counted under its first glob, else its last
 * name (and the budget reports that the numbers do not agree).
 */
function copiesOf(entry: BudgetStack, fallback: string): readonly Pick<Stack, "name" | "instances">[] {
  const names = entry.names.map(({ value }) => value);
  if (names.length === 0) names.push(fallback);
  const glob = names.findIndex(isWildcard);
  const bearer = glob < 0 ? names.length - 1 : glob;
  const extra = Math.max(0, entry.instances - names.length);
  return names.map((name, i) => ({ name, instances: i === bearer ? 1 + extra : 1 }));
}

/** The templates behind a path or glob, or a sentence that says why there is none. */
function findTemplates(
  path: string,
  folder: Uri,
  { sources }: Answers,
): { templates: readonly Uri[] } | { missing: string } {
  if (!isPathGlob(path)) {
    const uri = resolvePath(folder, path);
    const file = sources.get(uri);
    if ("error" in file) {
      return { missing: file.missing ? `There is no file ${path}.` : `${path} cannot be read: ${file.error}` };
    }
    if (isTemplate(file.kind)) return { templates: [uri] };
    return { missing: `${path} is neither a SAM nor a CloudFormation template.` };
  }
  const files = sources.list(folder, path);
  const templates = files.filter((uri) => {
    const file = sources.get(uri);
    return !("error" in file) && isTemplate(file.kind);
  });
  if (templates.length > 0) return { templates };
  if (files.length === 0) return { missing: `No file matches ${path}.` };
  const which =
    files.length === 1 ? `The only file that matches ${path}` : `None of the ${files.length} files that match ${path}`;
  return { missing: `${which} is ${files.length === 1 ? "no" : "a"} SAM or CloudFormation template.` };
}

/** Is this file deployed as a stack? */
export function isTemplate(kind: string): boolean {
  return kind === "sam" || kind === "cloudformation";
}
