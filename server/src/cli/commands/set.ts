import { changeUi, codeOf, terminalState } from "../account/changeUi.ts";
import { checkGivenAccount } from "../account/confirm.ts";
import { loadOperations } from "../account/openAccount.ts";
import { changeOptions, choiceOf, connectionOptions, formatOption } from "../account/options.ts";
import { withSession } from "../account/withSession.ts";
import { complain } from "../complain.ts";
import { exitCodes, type Io, UsageError } from "../io.ts";
import type { Options } from "../options.ts";
import { type ChangeReport, changesJson } from "../reporters/change.ts";
import { accountOptions } from "../workspace/analysisOptions.ts";
import type { Command } from "./command.ts";

/** `set`: the reservation of one function. */
export const set: Command = {
  name: "set",
  usage: "FUNCTION N|none [options]",
  summary: "Set or remove the reservation of one function.",
  details: `FUNCTION is the name of a function, N its reservation from 0 on; none removes it. The account is read
first, what will happen is shown and confirmed, and the change is made only where the function is still as
it was shown. 0 stops a function at once: kill does that too, records how it was and can restore it.

Exit code: 0 done, or already so; 2 usage, or nobody there to confirm; 3 refused, or the account was
not read or not changed; 130 not confirmed or interrupted.`,
  options: { ...connectionOptions, ...changeOptions, ...formatOption, floor: accountOptions.floor },
  run,
};

async function run(options: Options, io: Io): Promise<number> {
  const [name, value, ...more] = options.positionals;
  if (name === undefined || value === undefined || more.length > 0)
    throw new UsageError("set takes a function and its reservation: set FUNCTION N, or set FUNCTION none.");
  if (!/^[\w-]{1,64}$/.test(name))
    throw new UsageError(`"${name}" is not the name of a function. Give it without account, version or alias.`);
  const reserved = reservationOf(value);
  const reports: ChangeReport[] = [];
  try {
    return await withSession(choiceOf(options), io, async (session, signal) => {
      await checkGivenAccount(options, session.identity);
      const { setReservation } = await loadOperations();
      const ui = changeUi(options, io, signal, (report) => reports.splice(0, 1, report));
      const floor = options.number("floor");
      const outcome = await setReservation(
        { session, state: await terminalState(io), ui },
        { wanted: [{ name, reserved }], dryRun: options.has("dry-run"), ...(floor !== undefined && { floor }) },
      );
      if (outcome?.kind === "kill")
        complain(`Nothing was changed. To switch it off: lambda-concurrency kill ${name} --reason TEXT`, io);
      return outcome === undefined || outcome.kind === "kill" ? exitCodes.cancelled : codeOf(outcome);
    });
  } finally {
    if (options.text("format") === "json" && reports.length > 0) io.stdout.write(changesJson(reports));
  }
}

function reservationOf(value: string): number | null {
  if (value === "none") return null;
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new UsageError(`A reservation is a whole number from 0 on, or none, not "${value}".`);
}
