import type { KillPreview } from "#aws";
import { type KillOrder, parseMoment } from "#core";
import type { KillOutcome } from "#operations";
import { terminalState } from "../account/changeUi.ts";
import { checkGivenAccount } from "../account/confirm.ts";
import { killUi } from "../account/killUi.ts";
import { loadOperations } from "../account/openAccount.ts";
import { changeOptions, choiceOf, connectionOptions, formatOption, selectionOptions } from "../account/options.ts";
import { selectedFunctions, selectionLines, wantedFunctions } from "../account/selectedFunctions.ts";
import { withSession } from "../account/withSession.ts";
import { exitCodes, UsageError } from "../exitCodes.ts";
import type { Io } from "../io.ts";
import type { Options } from "../options.ts";
import { killJson } from "../reporters/killsJson.ts";
import type { Selection } from "../selection.ts";
import type { Command } from "./command.ts";

/** As many as a record keeps. */
const LONGEST_REASON = 1000;

/** `kill`: functions off, with their state recorded. */
export const kill: Command = {
  name: "kill",
  usage: "[FUNCTION…] --reason TEXT [options]",
  summary: "Switch functions off at once, with their state recorded so that restore puts it back.",
  details: `Sets the reservation of each FUNCTION to 0. Provisioned concurrency, which keeps Lambda from accepting
that, is deleted first, its auto scaling suspended, and polling of SQS queues disabled. What was
there is recorded before the first call: on this machine, and as tags on the function, so that a
colleague can restore it too. What happens to each trigger is shown and confirmed first. --stack, --tag
and --group select functions beside those that are named; what they stand for is shown too.

Exit code: 0 off, or off already; 2 usage, or nobody there to confirm; 3 something was refused, not
done or, with --dry-run, not read; 130 not confirmed or interrupted.`,
  options: {
    reason: { value: "TEXT", help: "why; whoever restores reads it" },
    remind: {
      value: "TIME",
      help: "when to remind you: 30m, 2h, 3d, 1w, 18:00 or a date. Nothing is restored by itself; kills lists what is due",
    },
    until: { value: "TIME", help: "the older name of --remind" },
    "keep-triggers": { help: "disable no event source mapping" },
    "leave-one": { help: "1 instead of 0: asynchronous events stay queued instead of being dropped" },
    ...selectionOptions,
    ...connectionOptions,
    ...changeOptions,
    ...formatOption,
  },
  run,
};

async function run(options: Options, io: Io): Promise<number> {
  const wanted = wantedFunctions(options);
  if (wanted.isEmpty) throw new UsageError("kill takes the functions to switch off: kill FUNCTION --reason TEXT.");
  const order = orderOf(options);
  const isText = options.text("format") !== "json";
  let selections: readonly Selection[] = [];
  const outcomes: Pick<KillOutcome, "preview" | "results">[] = [];
  try {
    return await withSession(choiceOf(options), io, async (session, signal) => {
      await checkGivenAccount(options, session.identity);
      const selected = await selectedFunctions(session, wanted, options, io, signal);
      selections = selected.selections;
      // What a selection misses is not switched off: then it is not all.
      const missing = selected.isWhole ? exitCodes.done : exitCodes.account;
      if (isText) io.stdout.write(selectionLines(selections));
      if (selected.names.length === 0) return missing;
      const { killFunctions } = await loadOperations();
      const ui = killUi(options, io, signal, (outcome) => outcomes.splice(0, 1, outcome));
      const outcome = await killFunctions(
        { session, state: await terminalState(io), ui },
        { names: selected.names, order, dryRun: options.has("dry-run") },
      );
      return Math.max(missing, codeOf(outcome));
    });
  } finally {
    const [outcome] = outcomes;
    if (!isText && outcome !== undefined) io.stdout.write(killJson(outcome.preview, outcome.results, selections));
  }
}

function orderOf(options: Options): KillOrder {
  const reason = options.text("reason")?.trim() ?? "";
  if (reason === "") throw new UsageError('Add --reason "…" (shown to whoever restores).');
  if (reason.length > LONGEST_REASON)
    throw new UsageError(`--reason takes at most ${LONGEST_REASON} characters, not ${reason.length}: shorten it.`);
  const until = reminderOf(options, new Date());
  return {
    reason,
    leaveOne: options.has("leave-one"),
    keepTriggers: options.has("keep-triggers"),
    mappings: new Map(),
    ...(until !== undefined && { until }),
  };
}

function reminderOf(options: Options, now: Date): Date | undefined {
  const option = options.has("remind") ? "remind" : "until";
  const text = options.text(option);
  if (text === undefined) return undefined;
  const moment = parseMoment(text, now);
  if (typeof moment === "string") throw new UsageError(`--${option} ${text}: ${moment}`);
  return moment;
}

/** Then a preview does not say what a kill would delete; the kill itself finds out. */
function isHalfRead(previewed: KillPreview["functions"][number]): boolean {
  return previewed.kind === "kill" && previewed.provisionedUnknown === true;
}

function codeOf({ kind, preview: { functions }, results }: KillOutcome): number {
  const outcomes = new Set(results?.map(({ outcome }) => outcome));
  if (kind === "cancelled" || outcomes.has("skipped")) return exitCodes.cancelled;
  const isShort =
    functions.some((found) => found.kind === "refused" || (kind === "shown" && isHalfRead(found))) ||
    outcomes.has("partial") ||
    outcomes.has("changed") ||
    outcomes.has("failed");
  return isShort ? exitCodes.account : exitCodes.done;
}
