import type { Analysis, FileReport, Severity, Uri, Workspace } from "#core";
import { buildReport } from "../buildReport.ts";
import { findInputs, type Inputs } from "../inputs.ts";
import { exitCodes, type Io, UsageError } from "../io.ts";
import { openLocator } from "../locate.ts";
import { fileNames, type Names } from "../names.ts";
import type { Options } from "../options.ts";
import { type CheckReport, type FileSummary, shown } from "../report.ts";
import { wantsColour } from "../reporters/colours.ts";
import { type Format, reporters } from "../reporters/index.ts";
import { gravity } from "../reporters/summary.ts";
import { packageVersion } from "../version.ts";
import type { Command } from "./command.ts";
import {
  accountOptions,
  analysisOptions,
  checkParametersDeclared,
  openWorkspace,
  parameterOptions,
  readAll,
  syntaxError,
} from "./shared.ts";

/** `check`: budgets and templates against limit, floor and each other. */
export const check: Command = {
  name: "check",
  usage: "[PATH…] [options]",
  summary: "Check templates and budget files: do the reservations fit the pool?",
  details: `PATH is a budget file (concurrency-budget.yaml), a SAM or CloudFormation template, or a folder
(default: the current folder). Budgets apply when they are named or found in a named folder; a
template that no budget lists is a pool of its own. Folders are searched without .git,
node_modules, .aws-sam, cdk.out, .serverless, virtual environments and what git ignores.

Exit code: 0 nothing at or above --fail-on; 1 findings; 2 usage, or a named file that cannot be read.`,
  options: {
    ...accountOptions,
    ...parameterOptions,
    together: { help: "sum all templates in one pool called together" },
    format: { value: "FORMAT", choices: Object.keys(reporters), help: "text, json, sarif or github (default: text)" },
    "fail-on": {
      value: "SEVERITY",
      choices: ["error", "warning", "information"],
      help: "exit with 1 from here on: error, warning or information (default: error)",
    },
    live: { hidden: true, help: "" },
    profile: { value: "NAME", hidden: true, help: "" },
    region: { value: "NAME", hidden: true, help: "" },
  },
  run,
};

async function run(options: Options, io: Io): Promise<number> {
  for (const name of ["live", "profile", "region"]) {
    if (options.has(name))
      throw new UsageError(`--${name}: this version cannot read an AWS account. State its limit with --limit N.`);
  }
  const analysed = analysisOptions(options);
  const inputs = await findInputs(options.positionals, io);
  const workspace = openWorkspace(inputs);
  await readAll([...inputs.budgets, ...inputs.candidates], workspace, io);
  const templates = inputs.candidates.filter((uri) => isTemplate(uri, workspace));
  const analysis = workspace.analyse({ budgets: inputs.budgets, templates, options: analysed });

  const names = fileNames(io.cwd, new Map(inputs.named.map(({ uri, given }) => [uri, given])));
  const files = fileSummaries(inputs, analysis, workspace, names);
  const complaints = complain(inputs, files, names, io);
  checkParametersDeclared(options, declaredParameters(analysis));

  const locator = openLocator(workspace);
  const report = buildReport(analysis, files, locator);
  const format = (options.text("format") ?? "text") as Format;
  const colour = wantsColour(io.env, io.isTTY);
  reporters[format](io.stdout, { names, locator, cwd: io.cwd, env: io.env, colour, version: packageVersion() }).report(
    report,
  );

  if (complaints) return exitCodes.usage;
  return fails(report, (options.text("fail-on") ?? "error") as Severity) ? exitCodes.findings : exitCodes.done;
}

function isTemplate(uri: Uri, workspace: Workspace): boolean {
  const file = workspace.get(uri);
  return "kind" in file && (file.kind === "sam" || file.kind === "cloudformation");
}

function declaredParameters(analysis: Analysis): Set<string> {
  return new Set(analysis.pools.flatMap((pool) => pool.stacks.flatMap((stack) => stack.template.parameters)));
}

/** Named files first, in their order; then what was found, by name. Found files that are neither template nor budget are left out. */
function fileSummaries(inputs: Inputs, analysis: Analysis, workspace: Workspace, names: Names): FileSummary[] {
  const known = new Map<Uri, FileReport>(analysis.files.map((file) => [file.uri, file]));
  const named = new Set(inputs.named.map(({ uri }) => uri));
  const errors = new Map([...inputs.unreadable, ...inputs.named].map(({ uri, error }) => [uri, error]));
  const found = new Set([...known.keys(), ...inputs.budgets, ...inputs.candidates, ...errors.keys()]);
  const byName = [...found].filter((uri) => !named.has(uri)).sort((a, b) => (names.of(a) < names.of(b) ? -1 : 1));
  return [...named, ...byName]
    .map((uri) => summarise(uri, known.get(uri), errors.get(uri), workspace))
    .filter((file) => named.has(file.uri) || file.kind !== "other" || file.error !== undefined);
}

function summarise(
  uri: Uri,
  known: FileReport | undefined,
  error: string | undefined,
  workspace: Workspace,
): FileSummary {
  if (error !== undefined) return { uri, kind: "other", functions: 0, error };
  const file = workspace.get(uri);
  if ("error" in file) return { uri, kind: known?.kind ?? "other", functions: 0, error: file.error };
  // A budget's own mistakes are findings of `budget-invalid`.
  const mistake = known?.error ?? (file.kind === "budget" ? undefined : syntaxError(uri, file.tree, workspace));
  const base = known ? { uri, kind: known.kind, functions: known.functions } : { uri, kind: file.kind, functions: 0 };
  return mistake === undefined ? base : { ...base, error: mistake };
}

/** Says on stderr what was not checked. True when an explicitly named input is among it. */
function complain(inputs: Inputs, files: readonly FileSummary[], names: Names, io: Io): boolean {
  const named = new Set(inputs.named.map(({ uri }) => uri));
  let failed = false;
  for (const { uri, kind, error } of files) {
    if (error !== undefined) {
      io.stderr.write(`lambda-concurrency: ${names.of(uri)}: ${error}\n`);
      failed ||= named.has(uri);
    } else if (kind === "other") {
      io.stderr.write(
        `lambda-concurrency: ${names.of(uri)}: This is neither a SAM or CloudFormation template nor a budget file; nothing in it was checked.\n`,
      );
    }
  }
  for (const cut of inputs.cuts) io.stderr.write(`lambda-concurrency: ${cut}\n`);
  return failed;
}

function fails(report: CheckReport, failOn: Severity): boolean {
  return shown(report).some((finding) => gravity[finding.severity] >= gravity[failOn]);
}
