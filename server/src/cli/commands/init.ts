import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { draftBudget, formatBudget, isBudgetFile, many } from "#core";
import { toUri } from "#workspaceFiles";
import { initLive } from "../account/initLive.ts";
import { connectionOptions } from "../account/options.ts";
import { complain } from "../complain.ts";
import { exitCodes, UsageError } from "../exitCodes.ts";
import { findInputs } from "../inputs.ts";
import type { Io } from "../io.ts";
import { fileNames } from "../names.ts";
import type { Options } from "../options.ts";
import { printable } from "../reporters/terminal.ts";
import { accountOptions, analysisOptions, samconfigOptions } from "../workspace/analysisOptions.ts";
import { checkGiven } from "../workspace/checkGiven.ts";
import { openWorkspace, prepareTemplates } from "../workspace/openWorkspace.ts";
import type { Command } from "./command.ts";

/** `init`: a budget file from what the templates of a folder reserve today. */
export const init: Command = {
  name: "init",
  usage: "[FOLDER] [options]",
  summary: "Write a budget file from what the templates of a folder reserve today.",
  details: `Searches FOLDER (default: the current folder) for templates and grants each function what it
reserves. An existing file is only overwritten with --force.

With --live the account is read, and the budget grants what is reserved there. An existing file is
brought up to date: values change where they stand, new entries come last, and everything else stays.

Exit code: 0 written; 2 usage, nothing found, or the file exists or cannot be written; 3 with --live,
the account was not read or only in part; 130 interrupted.`,
  options: {
    out: { value: "FILE", help: "where to write (default: FOLDER/concurrency-budget.yaml)" },
    force: { help: "overwrite an existing file" },
    stdout: { help: "print the budget instead of writing it" },
    pool: { value: "NAME", help: "name of the pool (default: the folder's name)" },
    live: { help: "grant what the AWS account reserves now; keeps what else stands in an existing file" },
    ...connectionOptions,
    ...accountOptions,
    ...samconfigOptions,
  },
  run,
};

async function run(options: Options, io: Io): Promise<number> {
  const { folder, out } = target(options, io);
  for (const name of ["profile", "region"])
    if (options.has(name) && !options.has("live"))
      throw new UsageError(`--${name} goes with --live: without it no account is read.`);
  if (options.has("live")) return await initLive({ folder, out }, options, io);
  const inputs = await findInputs([folder], io);
  const workspace = openWorkspace(inputs, options, io);
  const { limit, floor, ...rest } = analysisOptions(options, io);
  await prepareTemplates(inputs.candidates, workspace, rest, io);
  const analysis = workspace.analyse({ budgets: [], templates: inputs.candidates, options: rest });

  const pool = options.text("pool");
  const budget = {
    ...draftBudget(toUri(dirname(out)), analysis),
    ...(pool !== undefined && { pool }),
    ...(limit !== undefined && { limit }),
    ...(floor !== undefined && { floor }),
  };
  if (budget.stacks.length === 0)
    throw new UsageError(
      `${options.positionals[0] ?? "."}: There is no SAM or CloudFormation template with functions in this folder.`,
    );
  const names = fileNames(io.cwd, new Map());
  checkGiven(analysis, options, { sources: workspace, names }, io);
  for (const { uri, error } of inputs.unreadable) complain(`${names.of(uri)}: ${error}`, io);

  if (options.has("stdout")) {
    io.stdout.write(formatBudget(budget));
  } else {
    write(out, formatBudget(budget), options.has("force"), names.of(toUri(out)));
    const content = `${many(budget.stacks.length, "stack")}, ${many(budget.reservations.length, "reservation")}`;
    const open = [...(limit === undefined ? ["limit"] : []), ...(floor === undefined ? ["floor"] : [])].join(" and ");
    const next = open === "" ? "Check it with" : `Fill in ${open} of the account, then run`;
    io.stdout.write(`${printable(names.of(toUri(out)))}: ${content}. ${next}: lambda-concurrency check\n`);
  }
  return exitCodes.done;
}

function target(options: Options, io: Io): { readonly folder: string; readonly out: string } {
  const [given = ".", ...more] = options.positionals;
  if (given === "") throw new UsageError("init takes a folder, not an empty path.");
  if (more.length > 0) throw new UsageError(`init takes one folder, not ${more.length + 1}.`);
  const folder = resolve(io.cwd, given);
  if (!existsSync(folder)) throw new UsageError(`${given}: There is no such folder.`);
  if (!statSync(folder).isDirectory()) throw new UsageError(`${given}: This is a file; name the folder it is in.`);
  const out = resolve(io.cwd, options.text("out") ?? join(folder, "concurrency-budget.yaml"));
  if (!isBudgetFile(toUri(out))) {
    throw new UsageError(
      `--out ${options.text("out")}: A budget file is called concurrency-budget.yaml or NAME.concurrency-budget.yaml.`,
    );
  }
  return { folder, out };
}

function write(path: string, text: string, force: boolean, name: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch (error) {
    throw unwritable(name, error);
  }
  try {
    writeFileSync(path, text, { flag: force ? "w" : "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw unwritable(name, error);
    throw new UsageError(`${name} exists already; --force overwrites it, --stdout only prints.`);
  }
}

function unwritable(name: string, error: unknown): UsageError {
  return new UsageError(`${name} cannot be written (${(error as NodeJS.ErrnoException).code ?? "unknown error"}).`);
}
