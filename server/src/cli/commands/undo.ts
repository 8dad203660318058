import { changeUi, codeOf, terminalState } from "../account/changeUi.ts";
import { checkGivenAccount } from "../account/confirm.ts";
import { loadOperations } from "../account/openAccount.ts";
import { changeOptions, choiceOf, connectionOptions, formatOption } from "../account/options.ts";
import { withSession } from "../account/withSession.ts";
import { complain } from "../complain.ts";
import { exitCodes, UsageError } from "../exitCodes.ts";
import type { Io } from "../io.ts";
import type { Options } from "../options.ts";
import { type ChangeReport, changesJson } from "../reporters/change.ts";
import type { Command } from "./command.ts";

/** `undo`: takes the last set or apply back. */
export const undo: Command = {
  name: "undo",
  usage: "[options]",
  summary: "Take back the last set or apply that was made from this machine.",
  details: `Gives each function the reservation that it had before, by the log of changes of this machine. When
somebody changed one of them since, nothing is done. Run again, it takes back the set or apply before.
An apply that was interrupted is taken back with apply --undo, a kill with restore.

Exit code: 0 done, or nothing to undo; 2 usage, or nobody there to confirm; 3 refused, or the account was
not read or not changed; 130 not confirmed or interrupted.`,
  options: { ...connectionOptions, ...changeOptions, ...formatOption },
  run,
};

async function run(options: Options, io: Io): Promise<number> {
  if (options.positionals.length > 0) throw new UsageError("undo takes no argument: it takes the last change back.");
  const reports: ChangeReport[] = [];
  try {
    return await withSession(choiceOf(options), io, async (session, signal) => {
      await checkGivenAccount(options, session.identity);
      const { undoChange } = await loadOperations();
      const ui = changeUi(options, io, signal, (report) => reports.splice(0, 1, report));
      const outcome = await undoChange(
        { session, state: await terminalState(io), ui },
        { dryRun: options.has("dry-run") },
      );
      if (outcome.kind !== "none") return codeOf(outcome);
      if (options.text("format") === "json") io.stdout.write(changesJson([]));
      complain(outcome.says, io);
      return exitCodes.done;
    });
  } finally {
    if (options.text("format") === "json" && reports.length > 0) io.stdout.write(changesJson(reports));
  }
}
