import {
  type NestedStack,
  type ParameterValues,
  type ResolvedTemplate,
  resolveTemplate,
  stackConfig,
  type Uri,
  type Workspace,
} from "#core";
import { findInputs } from "../inputs.ts";
import { exitCodes, type Io, UsageError } from "../io.ts";
import { openLocator } from "../locate.ts";
import { fileNames, type Names } from "../names.ts";
import type { Options } from "../options.ts";
import { type ResolvedFile, resolvedFunction, resolvedJson, resolvedText } from "../reporters/resolved.ts";
import type { Command } from "./command.ts";
import {
  analysisOptions,
  checkParametersDeclared,
  openWorkspace,
  parameterOptions,
  readAll,
  syntaxError,
} from "./shared.ts";

/** `resolve`: what each function of a template claims, without any budget. */
export const resolve: Command = {
  name: "resolve",
  usage: "TEMPLATE… [options]",
  summary: "Show what each function of a template reserves after parameters, mappings and conditions.",
  details: `Prints one entry per named file, in order, and one for each nested stack with the parameters that
its parent gives it. A value that cannot be decided is printed as unknown with the reason.

Exit code: 0 done; 2 usage, or a file that cannot be read.`,
  options: {
    ...parameterOptions,
    format: { value: "FORMAT", choices: ["json", "text"], help: "json or text (default: text)" },
  },
  run,
};

async function run(options: Options, io: Io): Promise<number> {
  if (options.positionals.length === 0)
    throw new UsageError("resolve needs at least one template: lambda-concurrency resolve TEMPLATE…");
  const inputs = await findInputs(options.positionals, io, "files");
  const workspace = openWorkspace(inputs);
  await readAll(inputs.candidates, workspace, io);

  const entries: ResolvedFile[] = [];
  const declared = new Set<string>();
  let failed = false;
  for (const { given, uri, error } of inputs.named) {
    const names = fileNames(io.cwd, new Map([[uri, given]]));
    const [first, ...nested] =
      error === undefined ? resolveFile(uri, options, workspace, names, declared) : [unread(given, error)];
    if (first?.error !== undefined) {
      failed = true;
      io.stderr.write(`lambda-concurrency: ${given}: ${first.error}\n`);
    }
    if (first) entries.push(first, ...nested);
  }
  checkParametersDeclared(options, declared);
  io.stdout.write(options.text("format") === "json" ? resolvedJson(entries) : resolvedText(entries));
  return failed ? exitCodes.usage : exitCodes.done;
}

function unread(file: string, error: string): ResolvedFile {
  return { file, kind: "other", error, functions: [] };
}

function resolveFile(
  uri: Uri,
  options: Options,
  workspace: Workspace,
  names: Names,
  declared: Set<string>,
): ResolvedFile[] {
  const file = workspace.get(uri);
  if ("error" in file) return [unread(names.of(uri), file.error)];
  const mistake = syntaxError(uri, file.tree, workspace);
  const error = mistake === undefined ? {} : { error: mistake };
  if (file.kind !== "sam" && file.kind !== "cloudformation")
    return [{ file: names.of(uri), kind: file.kind, ...error, functions: [] }];
  const template = resolveTemplate(uri, parametersFor(uri, options, workspace), workspace);
  for (const parameter of template.parameters) declared.add(parameter);
  const [own, ...nested] = entriesOf(template, undefined, workspace, names);
  return own ? [{ ...own, ...error }, ...nested] : [];
}

function parametersFor(uri: Uri, options: Options, workspace: Workspace): ParameterValues {
  const { parameters: overrides, configEnv } = analysisOptions(options);
  return stackConfig(uri, { ...(configEnv !== undefined && { configEnv }), ...(overrides && { overrides }) }, workspace)
    .parameters;
}

function entriesOf(
  template: ResolvedTemplate,
  via: readonly [string, string] | undefined,
  workspace: Workspace,
  names: Names,
): ResolvedFile[] {
  const file = names.of(template.uri);
  const locator = openLocator(workspace);
  const functions = template.functions.map((declared) => resolvedFunction(declared, locator));
  const own = { file, kind: template.kind, ...(via && { via }), functions };
  const nested = template.nested.flatMap((stack: NestedStack) =>
    stack.template ? entriesOf(stack.template, [file, stack.logicalId], workspace, names) : [],
  );
  return [own, ...nested];
}
