import type { Wanted } from "#core";
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
import { accountOptions } from "../workspace/analysisOptions.ts";
import type { Command } from "./command.ts";

/** `set`: reservations of functions. */
export const set: Command = {
  name: "set",
  usage: "FUNCTION N|none… [options]",
  summary: "Set or remove the reservation of a function, or of several.",
  details: `FUNCTION is the name of a function, N its reservation from 0 on; none removes it. Several pairs are one plan,
lowered first. The account is read, what will happen is shown and confirmed, and the change is made only
where the function is still as it was shown. 0 stops a function at once: kill does that too, records how
it was and can restore it.

Exit code: 0 done, or already so; 2 usage, or nobody there to confirm; 3 refused, or the account was
not read or not changed; 130 not confirmed or interrupted.`,
  options: { ...connectionOptions, ...changeOptions, ...formatOption, floor: accountOptions.floor },
  run,
};

async function run(options: Options, io: Io): Promise<number> {
  const wanted = wantedBy(options.positionals);
  const isText = options.text("format") !== "json";
  const reports: ChangeReport[] = [];
  try {
    return await withSession(choiceOf(options), io, async (session, signal) => {
      await checkGivenAccount(options, session.identity);
      const { setReservation } = await loadOperations();
      const ui = changeUi(options, io, signal, (report) => reports.splice(0, 1, report));
      const floor = options.number("floor");
      const outcome = await setReservation(
        { session, state: await terminalState(io), ui },
        { wanted, dryRun: options.has("dry-run"), ...(floor !== undefined && { floor }) },
      );
      if (outcome !== undefined && outcome.kind !== "kill") return codeOf(outcome);
      if (isText) io.stdout.write("Nothing was changed.\n");
      if (outcome?.kind === "kill")
        complain(`To switch it off: lambda-concurrency kill ${outcome.names.join(" ")} --reason TEXT`, io);
      return exitCodes.cancelled;
    });
  } finally {
    if (!isText && reports.length > 0) io.stdout.write(changesJson(reports));
  }
}

const usage = "set takes a function and its reservation: set FUNCTION N, or set FUNCTION none.";

/** Functions with their reservations, one after the other. */
function wantedBy([name, value, ...more]: readonly string[]): readonly Wanted[] {
  if (name === undefined || value === undefined) throw new UsageError(usage);
  if (!/^[\w-]{1,64}$/.test(name))
    throw new UsageError(`"${name}" is not the name of a function. Give it without account, version or alias.`);
  return [{ name, reserved: reservationOf(value) }, ...(more.length === 0 ? [] : wantedBy(more))];
}

function reservationOf(value: string): number | null {
  if (value === "none") return null;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new UsageError(`A reservation is a whole number from 0 on, or none, not "${value}".`);
}
