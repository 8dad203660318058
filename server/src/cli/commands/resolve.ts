import {
  type AnalysisOptions,
  casesOfPath,
  faultSentence,
  type NestedStack,
  type ResolvedStack,
  type ResolvedTemplate,
  type Uri,
  type Workspace,
} from "#core";
import { complain } from "../complain.ts";
import { exitCodes, UsageError } from "../exitCodes.ts";
import { noteSamconfig } from "../givenFiles.ts";
import { findInputs } from "../inputs.ts";
import type { Io } from "../io.ts";
import { type Locator, openLocator } from "../locate.ts";
import { fileNames, type Names } from "../names.ts";
import type { Options } from "../options.ts";
import { type ResolvedFile, resolvedFunction, resolvedJson, resolvedText } from "../reporters/resolved.ts";
import { analysisOptions, parameterOptions } from "../workspace/analysisOptions.ts";
import { checkParametersDeclared } from "../workspace/checkGiven.ts";
import { openWorkspace } from "../workspace/openWorkspace.ts";
import { syntaxMistake } from "../workspace/syntaxMistakes.ts";
import type { Command } from "./command.ts";

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
    region: { value: "NAME", help: "Region that AWS::Region stands for; beats samconfig" },
    format: { value: "FORMAT", choices: ["json", "text"], help: "json or text (default: text)" },
  },
  run,
};

/** What is needed to resolve one named file. */
interface Scope {
  readonly analysed: AnalysisOptions;
  readonly workspace: Workspace;
  readonly locator: Locator;
  readonly names: Names;
  readonly warn: (message: string) => void;
  /** Collects the named templates. */
  readonly resolved: ResolvedTemplate[];
  /** Collects the samconfig environments that were used. */
  readonly environments: Set<string | undefined>;
}

async function run(options: Options, io: Io): Promise<number> {
  if (options.positionals.length === 0) {
    throw new UsageError("resolve needs at least one template: lambda-concurrency resolve TEMPLATE…");
  }
  const inputs = await findInputs(options.positionals, io, "files");
  const workspace = openWorkspace(inputs, options, io);

  const analysed = analysisOptions(options, io);
  const warn = (message: string) => complain(message, io);
  const resolved: ResolvedTemplate[] = [];
  const environments = new Set<string | undefined>();
  const locator = openLocator(workspace);
  const entries: ResolvedFile[] = [];
  let failed = false;
  for (const { given, uri, error } of inputs.named) {
    await io.pause();
    const names = fileNames(io.cwd, new Map([[uri, given]]));
    const scope: Scope = { analysed, workspace, locator, names, warn, resolved, environments };
    const [own, ...nested] = error === undefined ? resolveSoundly(given, uri, scope) : [unread(given, error)];
    if (own?.error !== undefined) {
      failed = true;
      warn(`${given}: ${own.error}`);
    }
    if (own) entries.push(own, ...nested);
  }
  checkParametersDeclared(options, resolved, workspace, io);
  const templates = resolved.map(({ uri }) => uri);
  const names = fileNames(io.cwd, new Map(inputs.named.map(({ uri, given }) => [uri, given])));
  noteSamconfig(options, { templates, environments, sources: workspace, names }, io);
  io.stdout.write(options.text("format") === "json" ? resolvedJson(entries) : resolvedText(entries));
  return failed ? exitCodes.usage : exitCodes.done;
}

function unread(file: string, error: string): ResolvedFile {
  return { file, kind: "other", error, functions: [] };
}

/** A bug of ours that strikes on one file is said of that file alone. */
function resolveSoundly(given: string, uri: Uri, scope: Scope): ResolvedFile[] {
  try {
    return resolveFile(uri, scope);
  } catch (error) {
    return [unread(given, faultSentence(error))];
  }
}

/** The file's own entry first, then its nested stacks. */
function resolveFile(uri: Uri, scope: Scope): ResolvedFile[] {
  const { workspace, names, resolved } = scope;
  const file = workspace.get(uri);
  if ("error" in file) return [unread(names.of(uri), file.error)];
  const mistake = syntaxMistake(file, workspace);
  const error = mistake && { error: mistake.error };
  if (file.kind !== "sam" && file.kind !== "cloudformation") {
    return [{ file: names.of(uri), kind: file.kind, ...error, functions: [] }];
  }
  const template = resolveStack(uri, scope);
  resolved.push(template);
  const { cases, demand } = template;
  const [own, ...nested] = entriesOf(template, undefined, { ...scope, cases, demand, nesting: [] });
  return own ? [{ ...own, ...error }, ...nested] : [];
}

/** As `check` takes a template that no budget lists; mistakes in samconfig go to stderr. */
function resolveStack(uri: Uri, { analysed, workspace, names, warn, environments }: Scope): ResolvedStack {
  const { stack, config } = workspace.standalone(uri, analysed);
  environments.add(config.environment);
  for (const { place, message } of config.problems) warn(`${names.of(place.uri)}: ${message}`);
  return stack.template;
}

function entriesOf(
  template: ResolvedTemplate,
  via: readonly [string, string] | undefined,
  scope: Scope &
    Pick<ResolvedStack, "demand"> & { readonly cases: ResolvedStack["cases"]; readonly nesting: readonly string[] },
): ResolvedFile[] {
  const file = scope.names.of(template.uri);
  const functions = template.functions.map((declared) => {
    const path = [...scope.nesting, declared.logicalId].join("/");
    const found = { cases: casesOfPath(scope.cases, path), demand: scope.demand.get(path)?.sources ?? [] };
    return resolvedFunction(declared, template.refused, found, scope.locator);
  });
  const own = { file, kind: template.kind, ...(via && { via }), functions };
  const nested = template.nested.flatMap((stack: NestedStack) =>
    stack.template
      ? entriesOf(stack.template, [file, stack.logicalId], { ...scope, nesting: [...scope.nesting, stack.logicalId] })
      : [],
  );
  return [own, ...nested];
}
