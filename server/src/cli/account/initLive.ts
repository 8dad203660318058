import { randomBytes } from "node:crypto";
import { readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import {
  type AccountSnapshot,
  type AnalysisOptions,
  draftBudget,
  formatBudget,
  many,
  num,
  takeOver,
  type Uri,
  Workspace,
} from "#core";
import { nodeFiles, toUri } from "#workspaceFiles";
import { complain } from "../complain.ts";
import { exitCodes, UsageError } from "../exitCodes.ts";
import { findInputs, type Inputs } from "../inputs.ts";
import type { Io } from "../io.ts";
import { fileNames } from "../names.ts";
import type { Options } from "../options.ts";
import { printable } from "../reporters/terminal.ts";
import { analysisOptions } from "../workspace/analysisOptions.ts";
import { openWorkspace } from "../workspace/openWorkspace.ts";
import { choiceOf } from "./options.ts";
import { complainOf, isWhole, readAccount } from "./readAccount.ts";
import { withSession } from "./withSession.ts";

/** Writes what an account reserves into a budget file, which is made where it is missing. Gives the exit code. */
export async function initLive(
  { folder, out }: { readonly folder: string; readonly out: string },
  options: Options,
  io: Io,
): Promise<number> {
  const inputs = await findInputs([folder], io);
  const { limit: _, ...given } = analysisOptions(options, io);
  const name = fileNames(io.cwd, new Map()).of(toUri(out));
  return await withSession(choiceOf(options), io, async (session, signal) => {
    const snapshot = await readAccount(session, io, signal);
    if (signal.aborted) return exitCodes.cancelled;
    complainOf(snapshot, io);
    const before = existing(out) ?? newBudget({ out, inputs, options, io }, snapshot, given);
    const taken = takenOver(toUri(out), before, [...inputs.roots, dirname(out), io.cwd], {
      ...given,
      snapshots: [snapshot],
      linkAll: true,
    });
    if (taken === undefined) {
      const { account, region } = snapshot.identity;
      complain(`${name}: none of its pools is of account ${account} in ${region}. Nothing was written.`, io);
      return exitCodes.account;
    }
    for (const sentence of taken.left) complain(sentence, io);
    if (options.has("stdout")) io.stdout.write(taken.text);
    else {
      write(out, taken.text, name);
      io.stdout.write(`${name}: ${many(taken.entries.length, "reservation")} taken over from the account.\n`);
      for (const line of taken.entries) io.stdout.write(`  ${printable(line)}\n`);
    }
    return isWhole(snapshot) ? exitCodes.done : exitCodes.account;
  });
}

/** The text of a new budget without reservations: they come from the account. */
function newBudget(
  { out, inputs, options, io }: { out: string; inputs: Inputs; options: Options; io: Io },
  { identity, limit }: AccountSnapshot,
  given: AnalysisOptions,
): string {
  const workspace = openWorkspace(inputs, options, io);
  const { floor, ...rest } = given;
  const analysis = workspace.analyse({ budgets: [], templates: inputs.candidates, options: rest });
  const { account, region } = identity;
  const draft = draftBudget(toUri(dirname(out)), analysis);
  const pool = options.text("pool") ?? draft.pool;
  const text = formatBudget({
    ...draft,
    pool,
    account,
    region,
    ...(limit !== undefined && { limit }),
    ...(floor !== undefined && { floor }),
    reservations: [],
  });
  return text.replace(/reservations: \{\}\n$/, "reservations:\n");
}

interface Taken {
  readonly text: string;
  readonly entries: readonly string[];
  readonly left: readonly string[];
}

/** Undefined when no pool of the budget is of the account. */
function takenOver(uri: Uri, before: string, roots: readonly string[], options: AnalysisOptions): Taken | undefined {
  const sources = new Workspace(nodeFiles(roots, (each) => (each === uri ? before : undefined)));
  const analysis = sources.analyse({ budgets: [uri], templates: [], options });
  const [invalid] = analysis.findings.filter(({ rule }) => rule === "budget-invalid");
  if (invalid)
    throw new UsageError(`${invalid.message} Mend the budget first: lambda-concurrency check shows all mistakes.`);
  const all = analysis.pools.flatMap((pool) => takeOver({ sources, analysis, options: {} }, pool) ?? []);
  if (all.length === 0) return undefined;
  const edits = all.flatMap((one) => one.edits).sort((a, b) => b.start - a.start);
  return {
    text: edits
      .reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), before)
      .replace(/\nreservations:\n$/, "\nreservations: {}\n"),
    entries: all.flatMap((one) =>
      one.entries.map(
        ({ key, from, to }) => `${key}: ${from === null ? "" : `${num(from)} to `}${to === 0 ? "off" : num(to)}`,
      ),
    ),
    left: all.flatMap((one) => one.left),
  };
}

function existing(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new UsageError(`${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
}

/** Whole or not at all: what stands in the file may exist nowhere else. */
function write(path: string, text: string, name: string): void {
  const temporary = `${path}.${randomBytes(4).toString("hex")}`;
  try {
    writeFileSync(temporary, text, { flag: "wx" });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new UsageError(`${name} cannot be written (${(error as NodeJS.ErrnoException).code}).`);
  }
}
