import type { RestorePreview, Session } from "#aws";
import type { ForgetOutcome, RestoredLoad, RestoreOutcome } from "#operations";
import { terminalState } from "../account/changeUi.ts";
import { checkGivenAccount } from "../account/confirm.ts";
import { forgetUi, restoreUi } from "../account/killUi.ts";
import { loadAws, loadOperations } from "../account/openAccount.ts";
import { changeOptions, choiceOf, connectionOptions, formatOption, selectionOptions } from "../account/options.ts";
import {
  selectedFunctions,
  selectionLines,
  type WantedFunctions,
  wantedFunctions,
} from "../account/selectedFunctions.ts";
import { withSession } from "../account/withSession.ts";
import { complain } from "../complain.ts";
import { exitCodes, UsageError } from "../exitCodes.ts";
import type { Io } from "../io.ts";
import { restoreLoads } from "../loadTest/restoreLoads.ts";
import type { Options } from "../options.ts";
import { restoreJson } from "../reporters/killsJson.ts";
import type { Command } from "./command.ts";

/** `restore`: functions as they were before their kill. */
export const restore: Command = {
  name: "restore",
  usage: "[FUNCTION…|--all] [options]",
  summary: "Put killed functions back exactly as they were.",
  details: `Puts back what kill has recorded, on this machine or in the tags of the function: the reservation or
none, provisioned concurrency, event source mappings, auto scaling. What somebody changed since the
kill is shown, and the function is left alone, unless --keep-changes leaves just that as it is. --stack,
--tag and --group select functions beside those that are named; those of them that are not killed are
left alone. A reservation that an interrupted load test left behind is put back too.

Exit code: 0 restored; 2 usage, or nobody there to confirm; 3 something was refused or not done, or a
named function was not killed; 130 not confirmed or interrupted.`,
  options: {
    all: { help: "everything that is killed in this account and Region" },
    "keep-changes": { help: "restore what nobody changed since the kill, and leave the rest as it is" },
    wait: { help: "wait up to 10 minutes until provisioned concurrency is allocated" },
    forget: { help: "close the kill without restoring: the function stays as it is" },
    ...selectionOptions,
    ...connectionOptions,
    ...changeOptions,
    ...formatOption,
  },
  run,
};

async function run(options: Options, io: Io): Promise<number> {
  const wanted = wantedFunctions(options);
  if (wanted.isEmpty && !options.has("all"))
    throw new UsageError("restore takes the functions to restore, or --all: restore FUNCTION.");
  if (!wanted.isEmpty && options.has("all"))
    throw new UsageError("--all takes everything: it excludes functions by name, --stack, --tag and --group.");
  const isText = options.text("format") !== "json";
  const outcomes: Pick<RestoreOutcome, "preview" | "results" | "room">[] = [];
  let selections: Meant["selections"] = [];
  let restored: readonly RestoredLoad[] = [];
  try {
    return await withSession(choiceOf(options), io, async (session, signal) => {
      await checkGivenAccount(options, session.identity);
      const meant = await selectedKills(session, wanted, options, io, signal);
      selections = meant.selections;
      const { isWhole } = meant;
      if (isText) io.stdout.write(selectionLines(selections));
      const loads = await restoreLoads(session, options.has("all") ? undefined : meant.names, options, io, signal);
      restored = loads.results;
      const isLeft = (name: string) => !loads.settled.has(name);
      const [names, required] = [meant.names.filter(isLeft), meant.required.filter(isLeft)];
      // Kills that nobody can read are not restored: then it is not all.
      const missing = Math.max(loads.code, isWhole ? exitCodes.done : exitCodes.account);
      if (names.length === 0) outcomes.push(nothingKilled(session));
      if (names.length === 0 && loads.settled.size > 0) return missing;
      if (names.length === 0) {
        if (isText) io.stdout.write(isWhole ? "Nothing is killed.\n" : "No kill can be restored.\n");
        return missing;
      }
      const { forgetKills, restoreFunctions } = await loadOperations();
      const work = { session, state: await terminalState(io) };
      const dryRun = options.has("dry-run");
      const record = (outcome: (typeof outcomes)[number]) => outcomes.splice(0, 1, outcome);
      if (options.has("forget")) {
        const ui = forgetUi(options, io, signal, (preview) => record({ preview, results: null }));
        const outcome = await forgetKills({ ...work, ui }, { kills: { names }, dryRun });
        return Math.max(missing, forgottenCode(outcome, required));
      }
      const outcome = await restoreFunctions(
        { ...work, ui: restoreUi(options, io, signal, record) },
        { names, required, keepChanges: options.has("keep-changes"), wait: options.has("wait"), dryRun },
      );
      return Math.max(missing, restoredCode(outcome));
    });
  } finally {
    const [outcome] = outcomes;
    if (!isText && outcome !== undefined)
      io.stdout.write(restoreJson(outcome.preview, outcome.results, outcome.room ?? null, selections, restored));
  }
}

/** What is said in JSON where only load tests were settled, or nothing at all. */
function nothingKilled({ identity }: Session): Pick<RestoreOutcome, "preview" | "results" | "room"> {
  return { preview: { identity, readAt: new Date().toISOString(), functions: [] }, results: [], room: null };
}

interface Meant extends Awaited<ReturnType<typeof selectedFunctions>> {
  /** Those that have to be killed; of what is only selected, the others are left alone. */
  readonly required: readonly string[];
}

async function selectedKills(
  session: Session,
  wanted: WantedFunctions,
  options: Options,
  io: Io,
  signal: AbortSignal,
): Promise<Meant> {
  if (!options.has("all"))
    return { ...(await selectedFunctions(session, wanted, options, io, signal)), required: wanted.named };
  const { createJournal, listKills, stateFolder } = await loadAws();
  const { kills, problems, broken } = await listKills({ journal: createJournal(stateFolder(io.env)), session, signal });
  for (const { message } of [...problems, ...broken]) complain(message, io);
  const names = kills.map(({ record }) => record.name);
  return { names, required: names, selections: [], isWhole: problems.length + broken.length === 0 };
}

function restoredCode({ kind, preview, results }: RestoreOutcome): number {
  if (kind === "cancelled" || kind === "plan" || results?.some(({ outcome }) => outcome === "skipped"))
    return exitCodes.cancelled;
  const isBack = results?.every(({ outcome }) => outcome === "restored" || outcome === "warming") ?? true;
  return isBack && isAllFound(preview) ? exitCodes.done : exitCodes.account;
}

function forgottenCode({ kind, preview, records, results }: ForgetOutcome, required: readonly string[]): number {
  if (kind === "cancelled") return exitCodes.cancelled;
  const isMissing = ({ name, record }: RestorePreview["functions"][number]) =>
    record === undefined && required.includes(name);
  if (preview?.functions.some(isMissing)) return exitCodes.account;
  if (results === null) return exitCodes.done;
  if (results.length < records.length) return exitCodes.cancelled;
  const isDone = results.every(({ outcome, message }) => outcome === "forgotten" && message === undefined);
  return isDone ? exitCodes.done : exitCodes.account;
}

function isAllFound({ functions }: RestorePreview): boolean {
  return functions.every(({ kind }) => kind === "restore");
}
