import { accountKey } from "#core";
import { checkGivenAccount } from "../account/confirm.ts";
import { makeChange } from "../account/makeChange.ts";
import { accountRoom } from "../account/openAccount.ts";
import { changeOptions, choiceOf, connectionOptions, formatOption } from "../account/options.ts";
import { productionReason } from "../account/productionReason.ts";
import { withSession } from "../account/withSession.ts";
import { type Io, UsageError } from "../io.ts";
import type { Options } from "../options.ts";
import { type ChangeReport, changesJson } from "../reporters/change.ts";
import { accountOptions } from "./analysisOptions.ts";
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
  const choice = choiceOf(options);
  const reports: ChangeReport[] = [];
  try {
    return await withSession(choice, io, async (session, signal) => {
      const { identity } = session;
      await checkGivenAccount(options, identity);
      const { learnedFloors, planAccount, stateFolder } = await accountRoom();
      const folder = stateFolder(io.env);
      const floor = options.number("floor");
      const learnedFloor = await learnedFloors(folder).get(accountKey(identity));
      const planned = await planAccount(session, [{ name, reserved }], {
        folder,
        signal,
        ...(floor !== undefined && { floor }),
        ...(learnedFloor !== undefined && { learnedFloor }),
      });
      const title = `${name} to ${reserved ?? "no reservation"}`;
      const production = await productionReason(identity, io);
      const question =
        reserved === null ? `Remove the reservation of ${name}` : `Set the reservation of ${name} to ${reserved}`;
      const change = { title, question, mode: "set", planned, notPlanned: [], production } as const;
      return await makeChange(session, change, options, io, signal, (report) => reports.splice(0, 1, report));
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
