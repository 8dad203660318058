import type { Journal, RestoredFunction, RestorePreview, Session } from "#aws";
import { accountKey, type KillRecord, list, many, type Room } from "#core";
import { checkGivenAccount, confirm } from "../account/confirm.ts";
import { showRoom } from "../account/makeRoom.ts";
import { accountRoom } from "../account/openAccount.ts";
import { changeOptions, choiceOf, connectionOptions, formatOption, selectionOptions } from "../account/options.ts";
import { productionReason } from "../account/productionReason.ts";
import { progressLine } from "../account/progressLine.ts";
import { type Selection, selectedFunctions, selectionLines, wantedFunctions } from "../account/selectedFunctions.ts";
import { withSession } from "../account/withSession.ts";
import { complain } from "../complain.ts";
import { exitCodes, type Io, UsageError } from "../io.ts";
import type { Options } from "../options.ts";
import { restoredLines, restorePreviewLines } from "../reporters/kills.ts";
import { restoreJson } from "../reporters/killsJson.ts";
import { printable } from "../reporters/terminal.ts";
import type { Command } from "./command.ts";

/** `restore`: functions as they were before their kill. */
export const restore: Command = {
  name: "restore",
  usage: "[FUNCTION…|--all] [options]",
  summary: "Put killed functions back exactly as they were.",
  details: `Puts back what kill has recorded, on this machine or in the tags of the function: the reservation or
none, provisioned concurrency, event source mappings, automatic scaling. What somebody changed since the
kill is shown, and the function is left alone, unless --keep-changes leaves just that as it is. --stack,
--tag and --group select functions beside those that are named; those of them that are not killed are
left alone.

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

interface Report {
  readonly preview: RestorePreview;
  readonly results: readonly RestoredFunction[] | null;
  /** Who could make room, when the pool is short. */
  readonly room: Room | null;
  readonly selections: readonly Selection[];
}

async function run(options: Options, io: Io): Promise<number> {
  const wanted = wantedFunctions(options);
  if (wanted.isEmpty && !options.has("all"))
    throw new UsageError("restore takes the functions to restore, or --all: restore FUNCTION.");
  if (!wanted.isEmpty && options.has("all"))
    throw new UsageError("--all takes everything: it excludes functions by name, --stack, --tag and --group.");
  const isText = options.text("format") !== "json";
  const reports: Report[] = [];
  try {
    return await withSession(choiceOf(options), io, async (session, signal) => {
      await checkGivenAccount(options, session.identity);
      const { createJournal, listKills, stateFolder } = await accountRoom();
      const journal = createJournal(stateFolder(io.env));
      const { kills, problems, broken } = options.has("all")
        ? await listKills({ journal, session, signal })
        : { kills: [], problems: [], broken: [] };
      for (const { message } of [...problems, ...broken]) complain(message, io);
      // Kills that nobody can read are not restored: then it is not all.
      const selected = await selectedFunctions(session, wanted, options, io, signal);
      const isWhole = selected.isWhole && problems.length + broken.length === 0;
      const missing = isWhole ? exitCodes.done : exitCodes.account;
      if (isText) io.stdout.write(selectionLines(selected.selections));
      const names = options.has("all") ? kills.map(({ record }) => record.name) : selected.names;
      if (names.length === 0) {
        if (isText) io.stdout.write(isWhole ? "Nothing is killed.\n" : "No kill can be restored.\n");
        return missing;
      }
      const record = (report: Omit<Report, "selections">) =>
        reports.splice(0, 1, { ...report, selections: selected.selections });
      const required = options.has("all") ? names : wanted.named;
      return Math.max(missing, await restoreNamed(session, names, required, journal, options, io, signal, record));
    });
  } finally {
    const [report] = reports;
    if (!isText && report !== undefined)
      io.stdout.write(restoreJson(report.preview, report.results, report.room, report.selections));
  }
}

async function restoreNamed(
  session: Session,
  given: readonly string[],
  required: readonly string[],
  journal: Journal,
  options: Options,
  io: Io,
  signal: AbortSignal,
  record: (report: Omit<Report, "selections">) => void,
): Promise<number> {
  const { identity } = session;
  const isText = options.text("format") !== "json";
  const aws = await accountRoom();
  const folder = aws.stateFolder(io.env);
  const floors = aws.learnedFloors(folder);
  const learned = await floors.get(accountKey(identity));
  const line = progressLine(io);
  let preview: RestorePreview;
  try {
    preview = await aws.previewRestore(session, given, {
      journal,
      signal,
      ...(learned !== undefined && { floor: learned }),
      onRead: (done, total) => line.show(`${done} of ${many(total, "function")} read`),
    });
  } finally {
    line.end();
  }
  const others = neverKilled(preview, required);
  preview = { ...preview, functions: preview.functions.filter(({ name }) => !others.includes(name)) };
  const names = preview.functions.map(({ name }) => name);
  if (isText && others.length > 0) io.stdout.write(`Not killed, left alone: ${list(others, 20)}.\n\n`);
  if (names.length === 0) {
    if (isText) io.stdout.write("Nothing of it is killed.\n");
    record({ preview, results: null, room: null });
    return exitCodes.done;
  }
  if (isText) io.stdout.write(`${restorePreviewLines(preview, new Date())}\n`);
  record({ preview, results: null, room: null });
  const room = preview.short === undefined ? null : await showRoom(session, preview.short, names, options, io, signal);
  record({ preview, results: null, room });
  const forgets = options.has("forget");
  const known = preview.functions.filter(
    (found) => found.kind === "restore" || (forgets && found.record !== undefined),
  );
  const refused = known.length < preview.functions.length ? exitCodes.account : exitCodes.done;
  const production = await productionReason(identity, io);
  if (known.length === 0 || options.has("dry-run")) return refused;
  const verb = forgets ? "Forget the kill of" : "Restore";
  const what = `${verb} ${known.length === 1 ? known[0]?.name : many(known.length, "function")}`;
  if (!(await confirm({ what, identity, production }, options, io))) {
    if (isText) io.stdout.write("Nothing was changed.\n");
    return exitCodes.cancelled;
  }
  if (forgets) {
    const records = known.flatMap(({ record: kept }) => kept ?? []);
    return Math.max(refused, await forget(session, records, journal, io, isText));
  }
  const audit = await aws.openAudit(folder, identity);
  try {
    const restored = await aws.restore(session, preview, {
      journal,
      audit,
      signal,
      keepChanges: options.has("keep-changes"),
      ...(learned !== undefined && { floor: learned }),
      onProgress: ({ name, done, total }) =>
        line.show(`${done} of ${many(total, "function")} done, ${printable(name)}`),
    });
    if (options.has("wait")) line.show("Waiting for provisioned concurrency");
    const results = options.has("wait")
      ? await Promise.all(restored.map((result) => aws.followAllocation(session, result, { signal })))
      : restored;
    record({ preview, results, room });
    const named = results.find(({ floor }) => floor !== undefined)?.floor;
    if (named !== undefined) await floors.learn(accountKey(identity), named);
    line.end();
    if (isText) io.stdout.write(restoredLines(results, preview));
    if (room === null && named !== undefined) {
      // Nobody knew that it would be short: the floor was another one, or somebody took from the pool.
      const left = results.filter(({ outcome }) => outcome === "short").map(({ name }) => name);
      const { short } = await aws.previewRestore(session, left, { journal, signal, floor: named });
      if (short !== undefined)
        record({ preview, results, room: await showRoom(session, short, left, options, io, signal) });
    }
    return codeOf(results);
  } finally {
    line.end();
    await audit.close();
  }
}

/** Of what was only selected, the functions that were not killed. */
function neverKilled({ functions }: RestorePreview, required: readonly string[]): readonly string[] {
  return functions.flatMap((found) =>
    found.kind === "refused" && found.notKilled && !required.includes(found.name) ? [found.name] : [],
  );
}

async function forget(
  session: Session,
  records: readonly KillRecord[],
  journal: Journal,
  io: Io,
  isText: boolean,
): Promise<number> {
  const { forgetKill, openAudit, stateFolder } = await accountRoom();
  await session.verify();
  const audit = await openAudit(stateFolder(io.env), session.identity);
  let code: number = exitCodes.done;
  try {
    for (const record of records) {
      const { outcome, message } = await forgetKill(session, record, { journal, audit });
      if (message !== undefined) {
        complain(message, io);
        code = exitCodes.account;
      }
      if (outcome === "forgotten" && isText) io.stdout.write(`forgotten  ${printable(record.name)}\n`);
    }
  } finally {
    await audit.close();
  }
  return code;
}

function codeOf(results: readonly RestoredFunction[]): number {
  if (results.some(({ outcome }) => outcome === "skipped")) return exitCodes.cancelled;
  const isBack = ({ outcome }: RestoredFunction) => outcome === "restored" || outcome === "warming";
  return results.every(isBack) ? exitCodes.done : exitCodes.account;
}
