import type { KillList } from "#aws";
import { loadAws } from "../account/openAccount.ts";
import { choiceOf, connectionOptions, formatOption } from "../account/options.ts";
import { withSession } from "../account/withSession.ts";
import { complain } from "../complain.ts";
import { exitCodes, UsageError } from "../exitCodes.ts";
import type { Io } from "../io.ts";
import type { Options } from "../options.ts";
import { killListLines } from "../reporters/kills.ts";
import { killsJson } from "../reporters/killsJson.ts";
import type { Command } from "./command.ts";

/** `kills`: what is off. */
export const kills: Command = {
  name: "kills",
  usage: "[options]",
  summary: "List what was killed and not restored.",
  details: `Lists the kills of this machine and, by the tags of the functions, those of others in the same account
and Region; tags may lag some minutes behind. --local asks no account and lists the kills that this
machine made in any.

Exit code: 0 no reminder is due; 1 one is; 2 usage; 3 the account was not read, and only the kills of
this machine are listed.`,
  options: {
    expired: { help: "only those whose reminder is due" },
    local: { help: "only those of this machine, without asking an account" },
    ...connectionOptions,
    ...formatOption,
  },
  run,
};

async function run(options: Options, io: Io): Promise<number> {
  if (options.positionals.length > 0) throw new UsageError("kills takes no functions; it lists all that are killed.");
  const { createJournal, listKills, stateFolder } = await loadAws();
  const journal = createJournal(stateFolder(io.env));
  if (options.has("local")) return show(await listKills({ journal }), options, io);
  let listed = false;
  const code = await withSession(choiceOf(options), io, async (session, signal) => {
    const list = await listKills({ journal, session, signal });
    listed = true;
    return show(list, options, io);
  });
  // What this machine knows is worth more than nothing in an incident.
  if (!listed && code === exitCodes.account) show(await listKills({ journal }), options, io);
  return code;
}

function show(list: KillList, options: Options, io: Io): number {
  const shown = options.has("expired") ? { ...list, kills: list.kills.filter(({ expired }) => expired) } : list;
  const isWhole = list.problems.length === 0 && list.broken.length === 0;
  const nothing = isWhole ? "Nothing is killed." : "No kill is known, but not all records could be read.";
  const none = list.kills.length === 0 ? nothing : "No reminder is due.";
  io.stdout.write(options.text("format") === "json" ? killsJson(shown) : killListLines(shown, none, new Date()));
  for (const { message } of list.problems) complain(message, io);
  if (!isWhole) return exitCodes.account;
  return list.kills.some(({ expired }) => expired) ? exitCodes.findings : exitCodes.done;
}
