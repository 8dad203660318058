import type { KilledFunction, KillPreview } from "#aws";
import { accountKey, many, parseMoment } from "#core";
import { checkGivenAccount, confirm } from "../account/confirm.ts";
import { accountRoom } from "../account/openAccount.ts";
import { changeOptions, choiceOf, connectionOptions, formatOption, selectionOptions } from "../account/options.ts";
import { productionReason } from "../account/productionReason.ts";
import { progressLine } from "../account/progressLine.ts";
import {
  type SelectedFunctions,
  selectedFunctions,
  selectionLines,
  wantedFunctions,
} from "../account/selectedFunctions.ts";
import { withSession } from "../account/withSession.ts";
import { exitCodes, type Io, UsageError } from "../io.ts";
import type { Options } from "../options.ts";
import { killedLines, killPreviewLines } from "../reporters/kills.ts";
import { killJson } from "../reporters/killsJson.ts";
import type { Command } from "./command.ts";

/** As many as a record keeps. */
const LONGEST_REASON = 1000;

/** `kill`: functions off, with their state recorded. */
export const kill: Command = {
  name: "kill",
  usage: "[FUNCTION…] --reason TEXT [options]",
  summary: "Switch functions off at once, with their state recorded so that restore puts it back.",
  details: `Sets the reservation of each FUNCTION to 0. Provisioned concurrency, which keeps Lambda from accepting
that, is deleted first, its automatic scaling suspended, and polling of SQS queues disabled. What was
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
  const reason = options.text("reason")?.trim() ?? "";
  if (reason === "") throw new UsageError("kill takes --reason TEXT: whoever restores wants to know why.");
  if (reason.length > LONGEST_REASON)
    throw new UsageError(`--reason takes at most ${LONGEST_REASON} characters, not ${reason.length}: shorten it.`);
  const now = new Date();
  const until = reminderOf(options, now);
  const isText = options.text("format") !== "json";
  let selected: SelectedFunctions | undefined;
  let preview: KillPreview | undefined;
  let results: readonly KilledFunction[] | null = null;
  try {
    return await withSession(choiceOf(options), io, async (session, signal) => {
      const { identity } = session;
      await checkGivenAccount(options, identity);
      selected = await selectedFunctions(session, wanted, options, io, signal);
      const { names, selections } = selected;
      // What a selection misses is not switched off: then it is not all.
      const missing = selected.isWhole ? exitCodes.done : exitCodes.account;
      if (isText) io.stdout.write(selectionLines(selections));
      if (names.length === 0) return missing;
      const room = await accountRoom();
      const folder = room.stateFolder(io.env);
      const journal = room.createJournal(folder);
      const line = progressLine(io);
      try {
        preview = await room.previewKill(session, names, {
          journal,
          signal,
          leaveOne: options.has("leave-one"),
          keepTriggers: options.has("keep-triggers"),
          onRead: (done, total) => line.show(`${done} of ${many(total, "function")} read`),
        });
      } finally {
        line.end();
      }
      if (isText) io.stdout.write(`${killPreviewLines(preview, until, now)}\n`);
      const refused = preview.functions.some(({ kind }) => kind === "refused") ? exitCodes.account : missing;
      const count = preview.functions.filter(({ kind }) => kind === "kill").length;
      const production = await productionReason(identity, io);
      if (options.has("dry-run") && preview.functions.some(isHalfRead)) return exitCodes.account;
      if (count === 0 || options.has("dry-run")) return refused;
      const what = count === 1 ? `Kill ${nameOfOne(preview)}` : `Kill ${many(count, "function")}`;
      if (!(await confirm({ what, identity, production }, options, io))) {
        if (isText) io.stdout.write("Nothing was changed.\n");
        return exitCodes.cancelled;
      }
      const audit = await room.openAudit(folder, identity);
      try {
        results = await room.kill(session, preview, {
          reason,
          journal,
          audit,
          signal,
          ...(until !== undefined && { until }),
          onProgress: ({ name, done, total }) => line.show(`${done} of ${many(total, "function")} done, ${name}`),
        });
      } finally {
        line.end();
        await audit.close();
      }
      const floor = results.find((result) => result.floor !== undefined)?.floor;
      if (floor !== undefined) await room.learnedFloors(folder).learn(accountKey(identity), floor);
      if (isText) io.stdout.write(killedLines(results, preview));
      return Math.max(missing, codeOf(results));
    });
  } finally {
    if (!isText && preview !== undefined) io.stdout.write(killJson(preview, results, selected?.selections));
  }
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

function nameOfOne({ functions }: KillPreview): string {
  return functions.find(({ kind }) => kind === "kill")?.name ?? "";
}

function codeOf(results: readonly KilledFunction[]): number {
  const has = (...outcomes: readonly KilledFunction["outcome"][]) =>
    results.some(({ outcome }) => outcomes.includes(outcome));
  if (has("skipped")) return exitCodes.cancelled;
  return has("partial", "changed", "failed") ? exitCodes.account : exitCodes.done;
}
