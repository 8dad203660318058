import { type AnalysisOptions, analyseSound, type Severity } from "#core";
import { interruptible } from "../account/interruptible.ts";
import { choiceOf, connectionOptions } from "../account/options.ts";
import { readLive } from "../account/readLive.ts";
import { buildReport } from "../buildReport.ts";
import { exitCodes, UsageError } from "../exitCodes.ts";
import { findInputs } from "../inputs.ts";
import type { Io } from "../io.ts";
import { openLocator } from "../locate.ts";
import { fileNames } from "../names.ts";
import type { Options } from "../options.ts";
import { type CheckReport, shown } from "../report.ts";
import { wantsColour } from "../reporters/colours.ts";
import { type Format, reporters } from "../reporters/index.ts";
import { gravity } from "../reporters/summary.ts";
import { packageVersion } from "../version.ts";
import { accountOptions, analysisOptions, parameterOptions } from "../workspace/analysisOptions.ts";
import { checkGiven } from "../workspace/checkGiven.ts";
import { fileSummaries } from "../workspace/fileSummaries.ts";
import { openWorkspace, prepareTemplates } from "../workspace/openWorkspace.ts";
import { withFaults } from "../workspace/syntaxMistakes.ts";
import { reportUnchecked, skippedFolders } from "../workspace/unchecked.ts";
import type { Command } from "./command.ts";

/** `check`: budgets and templates against limit, floor and each other. */
export const check: Command = {
  name: "check",
  usage: "[PATH…] [options]",
  summary: "Check templates and budget files: do the reservations fit the pool?",
  details: `PATH is a budget file (concurrency-budget.yaml), a SAM or CloudFormation template, or a folder
(default: the current folder). Budgets apply when they are named or found in a named folder; a
template that no budget lists is a pool of its own. Folders are searched without .git,
node_modules, .aws-sam, cdk.out, .serverless, virtual environments and what git ignores.

With --live the account of each pool is read with your AWS credentials: budgets and templates are
compared with what is reserved there, and its limit counts where the budget states none. A budget that
names another account than the credentials lead to is refused.

What was not checked is said on stderr and ends with exit code 2: a path that leads nowhere, a named file
that is neither template nor budget, a folder without any, a file that cannot be read. --allow-empty
accepts the first three; --skip-others passes over named files that are neither, for callers that name
every changed file.

Exit code: 0 nothing at or above --fail-on; 1 findings; 2 usage, or something was not checked;
3 with --live, an account was not read or only in part; 130 interrupted.`,
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
    "allow-empty": { help: "nothing to check is no error: exit code 0" },
    "skip-others": { help: "pass over named files that are neither template nor budget" },
    live: { help: "compare with the AWS account as it is now" },
    ...connectionOptions,
    region: {
      value: "NAME",
      help: "Region that AWS::Region stands for where no budget names one; beats samconfig. With --live the Region to read (default: AWS_REGION, AWS_DEFAULT_REGION, else that of the profile)",
    },
  },
  run,
};

async function run(options: Options, io: Io): Promise<number> {
  if (options.has("profile") && !options.has("live"))
    throw new UsageError("--profile goes with --live: check --live --profile NAME. Without it no account is read.");
  const analysed = analysisOptions(options, io);
  const named = await findInputs(options.positionals, io);
  const workspace = openWorkspace(named, options, io);
  // With budgets it is they that say under which parameters a template is read.
  if (named.budgets.length === 0) await prepareTemplates(named.candidates, workspace, analysed, io);
  const analyse = (facts: Partial<AnalysisOptions>) =>
    analyseSound((input) => workspace.analyse(input), {
      budgets: named.budgets,
      templates: named.candidates,
      others: named.others,
      options: { ...analysed, ...facts },
    });
  const offline = analyse({});
  const live = options.has("live")
    ? await interruptible(io, (signal) => readLive(offline.analysis.pools, choiceOf(options), io, signal))
    : undefined;
  const { analysis, broken, cause } = live ? analyse(live.facts) : offline;
  if (cause !== undefined) throw cause;
  const inputs = withFaults(named, broken);

  const names = fileNames(io.cwd, new Map(inputs.named.map(({ uri, given }) => [uri, given])));
  const skipOthers = options.has("skip-others");
  const files = fileSummaries(inputs, analysis, workspace, names, skipOthers);
  const unchecked = reportUnchecked(inputs, files, names, { allowEmpty: options.has("allow-empty"), skipOthers }, io);
  checkGiven(analysis, options, { sources: workspace, names }, io);

  const locator = openLocator(workspace);
  const report = buildReport(analysis, files, skippedFolders(inputs), locator);
  const format = (options.text("format") ?? "text") as Format;
  const colour = wantsColour(io.env, io.isTTY);
  reporters[format](io.stdout, { names, locator, cwd: io.cwd, env: io.env, colour, version: packageVersion() }).report(
    report,
  );

  const failed = fails(report, (options.text("fail-on") ?? "error") as Severity);
  return Math.max(
    failed ? exitCodes.findings : exitCodes.done,
    unchecked ? exitCodes.usage : exitCodes.done,
    live?.code ?? exitCodes.done,
  );
}

function fails(report: CheckReport, failOn: Severity): boolean {
  return shown(report).some((finding) => gravity[finding.severity] >= gravity[failOn]);
}
