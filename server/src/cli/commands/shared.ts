import {
  type Analysis,
  type AnalysisOptions,
  faultSentence,
  type ResolvedTemplate,
  readAssignments,
  type SourceFile,
  type Sources,
  type Uri,
  Workspace,
} from "#core";
import { nodeFiles } from "#workspaceFiles";
import {
  checkGivenFiles,
  givenFiles,
  givenPaths,
  noteSamconfig,
  parametersInFiles,
  type ReadTemplates,
} from "../givenFiles.ts";
import type { Inputs } from "../inputs.ts";
import { type Io, UsageError } from "../io.ts";
import { openLocator, type Range } from "../locate.ts";
import type { OptionSpecs, Options } from "../options.ts";

/** Options that say which samconfig counts. */
export const samconfigOptions = {
  "config-env": { value: "NAME", help: "samconfig environment to read parameters from (default: default)" },
  "config-file": {
    value: "PATH",
    help: "samconfig to read (.toml, .yaml or .yml), relative to the template's folder, else to the current one (default: the samconfig beside the template, else those that name it as template_file)",
  },
} as const satisfies OptionSpecs;

/** Options that say under which parameters a template is read. */
export const parameterOptions = {
  parameter: {
    value: "KEY=VALUE",
    multiple: true,
    help: "value of a template parameter; beats defaults, samconfig and the budget; repeatable",
  },
  "parameter-file": {
    value: "FILE",
    multiple: true,
    help: "parameter file of CloudFormation, CodePipeline or Git sync (JSON or YAML); beats samconfig and the budget, yields to --parameter; repeatable, later ones win",
  },
  ...samconfigOptions,
} as const satisfies OptionSpecs;

/** Options that state the numbers of the account. */
export const accountOptions = {
  limit: {
    value: "N",
    wholeNumberFrom: 1,
    help: "concurrent executions of the account and Region; beats every budget",
  },
  floor: { value: "N", wholeNumberFrom: 0, help: "what Lambda insists on leaving unreserved; beats every budget" },
} as const satisfies OptionSpecs;

/** The part of the analysis options that the command line states. */
export function analysisOptions(options: Options, io: Io): AnalysisOptions {
  const limit = options.number("limit");
  const floor = options.number("floor");
  const configEnv = options.text("config-env");
  const region = options.text("region");
  return {
    parameters: parametersOf(options),
    ...givenFiles(options, io),
    together: options.has("together"),
    ...(limit !== undefined && { limit }),
    ...(floor !== undefined && { floor }),
    ...(configEnv !== undefined && { configEnv }),
    ...(region !== undefined && { region }),
  };
}

function parametersOf(options: Options): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const given of options.list("parameter")) {
    const assignments = readAssignments(given);
    if (!assignments) throw new UsageError(`--parameter takes KEY=VALUE, not "${given}".${assignmentAdvice(given)}`);
    for (const { name, value } of assignments) parameters.set(name, value);
  }
  return parameters;
}

/** Where the AWS CLI takes the path of a parameter file. */
function assignmentAdvice(given: string): string {
  if (/^file:\/\/|\.(?:json|ya?ml)$/.test(given)) return " A parameter file goes with --parameter-file.";
  return given.indexOf("=") > 0 ? " Give several one by one, or quote a value with blanks: A='x y' B=2." : "";
}

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

/** A workspace over the disk, bounded by what was named and the current folder. Throws a `UsageError` for a parameter file or samconfig that cannot be read. */
export function openWorkspace(inputs: Pick<Inputs, "roots">, options: Options, io: Io): Workspace {
  const roots = [...inputs.roots, ...givenPaths(options, io)];
  const workspace = new Workspace(nodeFiles(roots, undefined, io.cwd));
  checkGivenFiles(options, workspace, io);
  return workspace;
}

/** Milliseconds of work after which a signal gets its chance. */
const SLICE_MS = 20;

/** Works out what the templates claim one by one, with pauses in which a signal gets through. */
export async function prepareTemplates(
  candidates: readonly Uri[],
  workspace: Workspace,
  options: AnalysisOptions,
  io: Io,
): Promise<void> {
  let sliceEnd = performance.now() + SLICE_MS;
  for (const uri of candidates) {
    prepare(uri, workspace, options);
    if (performance.now() < sliceEnd) continue;
    await io.pause();
    sliceEnd = performance.now() + SLICE_MS;
  }
}

function prepare(uri: Uri, workspace: Workspace, options: AnalysisOptions): void {
  try {
    const file = workspace.get(uri);
    if ("kind" in file && file.kind !== "other") workspace.standalone(uri, options);
  } catch {
    // The analysis meets it again and says it of this file alone.
  }
}

/** The inputs with what is said of files that a bug of ours strikes on. */
export function withFaults(inputs: Inputs, broken: ReadonlyMap<Uri, unknown>): Inputs {
  if (broken.size === 0) return inputs;
  const named = inputs.named.map((file) =>
    broken.has(file.uri) ? { ...file, error: faultSentence(broken.get(file.uri)) } : file,
  );
  const faults = Array.from(broken, ([uri, error]) => ({ uri, error: faultSentence(error) }));
  return { ...inputs, named, unreadable: [...inputs.unreadable, ...faults] };
}

/** The first mistake in the text of a file. */
export interface SyntaxMistake {
  /** A sentence with line and column. */
  readonly error: string;
  readonly errorRange: Range;
}

/** What is wrong with the text of a file; undefined when nothing is. */
export function syntaxMistake(file: SourceFile, sources: Sources): SyntaxMistake | undefined {
  const problems = file.problems ?? file.tree.problems;
  const [first] = problems;
  if (!first) return undefined;
  const errorRange = openLocator(sources).range({ uri: file.uri, start: first.start, end: first.end });
  const { line, character } = errorRange.start;
  const more = problems.length === 1 ? "" : ` (and ${problems.length - 1} more)`;
  return { error: `Line ${line + 1}, column ${character + 1}: ${first.message}${more}`, errorRange };
}
