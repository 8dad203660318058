import type { Analysis, ResolvedTemplate, Sources } from "#core";
import { UsageError } from "../exitCodes.ts";
import { noteSamconfig, parametersInFiles, type ReadTemplates } from "../givenFiles.ts";
import type { Io } from "../io.ts";
import type { Options } from "../options.ts";
import { parametersOf } from "./analysisOptions.ts";

const regionAdvice = " Give the Region with --region, or as region in samconfig or the budget.";

/** What decides a pseudo parameter instead. */
const pseudoParameterAdvice: Readonly<Record<string, string>> = {
  "AWS::Region": regionAdvice,
  "AWS::Partition": regionAdvice,
  "AWS::URLSuffix": regionAdvice,
  "AWS::AccountId": " Give the account in the budget.",
  "AWS::StackName": " Name the stack with stack_name in samconfig or name in the budget.",
};

/** Refuses parameters that none of the templates declares: most likely a typing error that would silently change nothing. */
export function checkParametersDeclared(
  options: Options,
  templates: readonly ResolvedTemplate[],
  sources: Sources,
  io: Io,
): void {
  const known = new Set(templates.flatMap(({ parameters }) => parameters));
  const given = [...parametersOf(options).keys()].map((name) => ({ name, what: `--parameter ${name}` }));
  for (const { name, what } of [...given, ...parametersInFiles(options, sources, io)]) {
    if (known.has(name)) continue;
    if (name.startsWith("AWS::"))
      throw new UsageError(`${what}: it is no parameter.${pseudoParameterAdvice[name] ?? ""}`);
    throw new UsageError(
      templates.some((template) => isDeclaredInside(template, name))
        ? `${what}: only nested stacks declare it, and they take their values from the stack around them; set it there.`
        : `${what}: no template that was read declares a parameter of this name.`,
    );
  }
}

function isDeclaredInside({ nested }: ResolvedTemplate, name: string): boolean {
  return nested.some(
    ({ template }) => template && (template.parameters.includes(name) || isDeclaredInside(template, name)),
  );
}

/** What the options say about parameters has to be about these templates. */
export function checkGiven(
  { pools }: Analysis,
  options: Options,
  read: Pick<ReadTemplates, "sources" | "names">,
  io: Io,
): void {
  const stacks = pools.flatMap((pool) => pool.stacks);
  const templates = stacks.map(({ template }) => template);
  checkParametersDeclared(options, templates, read.sources, io);
  const environments = new Set(stacks.map(({ environment }) => environment));
  noteSamconfig(options, { ...read, templates: templates.map(({ uri }) => uri), environments }, io);
}
