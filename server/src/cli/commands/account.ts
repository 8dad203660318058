import type { Session } from "#aws";
import {
  type AccountSnapshot,
  filterTerms,
  type LiveFunction,
  many,
  passesFilter,
  type SortOrder,
  sortFunctions,
  sortOrders,
} from "#core";
import { accountFailure, isAccountError } from "../account/failure.ts";
import { loadAws } from "../account/openAccount.ts";
import { choiceOf, connectionOptions, formatOption } from "../account/options.ts";
import { progressLine } from "../account/progressLine.ts";
import { complainOf, isWhole, readAccount } from "../account/readAccount.ts";
import { readCost } from "../account/readCost.ts";
import { withSession } from "../account/withSession.ts";
import { exitCodes, UsageError } from "../exitCodes.ts";
import type { Io } from "../io.ts";
import type { Options } from "../options.ts";
import { accountJson, accountText } from "../reporters/account.ts";
import type { AccountCost } from "../reporters/accountCost.ts";
import { painter, wantsColour } from "../reporters/colours.ts";
import type { Command } from "./command.ts";

/** `account`: what an account and Region has reserved, as it is now. */
export const account: Command = {
  name: "account",
  usage: "[options]",
  summary: "Show an account's limit, what is reserved of it, and each function's reservation.",
  details: `Reads one account and Region with your AWS credentials and changes nothing. Give --profile and
--region, or set what other AWS tools read: AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL. The floor is
what Lambda named when it last refused a reservation here, else it is estimated.

An account and Region that a budget once called production counts as production on this machine,
wherever a change of it is made. --forget-production ends that, and reads no account.

Exit code: 0 done; 2 usage, or no Region is given anywhere; 3 not read, or only in part (what was
read is printed); 130 interrupted.`,
  options: {
    ...connectionOptions,
    ...formatOption,
    usage: { help: "read use and throttles of the last hours too (CloudWatch charges $0.01 per 1,000 metrics)" },
    cost: { help: "show what each reservation can cost at list price too (one more call for each function shown)" },
    sort: { value: "ORDER", choices: sortOrders, help: "name, reserved, use or throttles (default: reserved)" },
    filter: {
      value: "TEXT",
      help: 'show only functions with these words in name, stack or state ("blog", "switched off")',
    },
    "forget-production": {
      value: "ID",
      accountId: true,
      help: "the account with this id counts as production here no longer",
    },
  },
  run,
};

async function run(options: Options, io: Io): Promise<number> {
  const [first] = options.positionals;
  if (first !== undefined) throw new UsageError(`account takes options only, not "${first}".`);
  const forgotten = options.text("forget-production");
  if (forgotten !== undefined) return await forget(forgotten, io);
  const order = (options.text("sort") ?? "reserved") as SortOrder;
  if ((order === "use" || order === "throttles") && !options.has("usage"))
    throw new UsageError(`--sort ${order} needs --usage, which reads CloudWatch.`);
  return await withSession(choiceOf(options), io, async (session, signal) => {
    const read = await readAccount(session, io, signal);
    const wanted = filtered(read, options);
    const used = options.has("usage") ? await withUsage(session, read, namesOf(wanted), io, signal) : read;
    const cost = options.has("cost") ? await readCost(session, read, wanted, io, signal) : undefined;
    const snapshot = { ...used, problems: [...used.problems, ...(cost?.problems ?? [])] };
    print(snapshot, options, order, io, cost);
    if (signal.aborted) return exitCodes.cancelled;
    return isWhole(snapshot) ? exitCodes.done : exitCodes.account;
  });
}

async function forget(account: string, io: Io): Promise<number> {
  const { forgetProduction, stateFolder } = await loadAws();
  try {
    const regions = await forgetProduction(stateFolder(io.env), account);
    io.stdout.write(
      regions.length === 0
        ? `Account ${account} was not remembered as production on this machine.\n`
        : `Account ${account} (${regions.join(", ")}) no longer counts as production on this machine.\n`,
    );
    return exitCodes.done;
  } catch (error) {
    return accountFailure(error, {}, io);
  }
}

function print(snapshot: AccountSnapshot, options: Options, order: SortOrder, io: Io, cost?: AccountCost): void {
  const functions = sortFunctions(filtered(snapshot, options), order);
  const report = { snapshot, functions, usage: options.has("usage"), ...(cost && { cost }) };
  complainOf(snapshot, io);
  io.stdout.write(
    options.text("format") === "json"
      ? accountJson(report)
      : accountText(report, painter(wantsColour(io.env, io.isTTY))),
  );
}

function filtered({ functions }: AccountSnapshot, options: Options): readonly LiveFunction[] {
  const terms = filterTerms(options.text("filter") ?? "");
  return functions.filter((live) => passesFilter(live, terms));
}

/** The snapshot with use of the account and of these functions. What cannot be read of it is a problem among the others. */
async function withUsage(
  session: Session,
  snapshot: AccountSnapshot,
  names: ReadonlySet<string>,
  io: Io,
  signal: AbortSignal,
): Promise<AccountSnapshot> {
  const { readUsage } = await loadAws();
  const line = progressLine(io);
  line.show(`Reading the use of ${many(names.size, "function")}`);
  try {
    const { account: usage, functions, problems } = await readUsage(session, [...names], { signal });
    return {
      ...snapshot,
      usage,
      functions: snapshot.functions.map((live) => {
        const own = functions.get(live.name);
        return own === undefined ? live : { ...live, usage: own };
      }),
      problems: [...snapshot.problems, ...problems],
    };
  } catch (error) {
    // What was read of the account is still worth printing.
    if (!isAccountError(error)) throw error;
    if (error.kind === "cancelled") return snapshot;
    const { action = "cloudwatch:GetMetricData", message } = error;
    return { ...snapshot, problems: [...snapshot.problems, { action, message }] };
  } finally {
    line.end();
  }
}

function namesOf(functions: AccountSnapshot["functions"]): ReadonlySet<string> {
  return new Set(functions.map(({ name }) => name));
}
