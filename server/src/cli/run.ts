import { either } from "#core";
import { isAccountError } from "./account/failure.ts";
import { account } from "./commands/account.ts";
import { apply } from "./commands/apply.ts";
import { check } from "./commands/check.ts";
import type { Command } from "./commands/command.ts";
import { demo } from "./commands/demo.ts";
import { init } from "./commands/init.ts";
import { kill } from "./commands/kill.ts";
import { kills } from "./commands/kills.ts";
import { load } from "./commands/load.ts";
import { lsp } from "./commands/lsp.ts";
import { plan } from "./commands/plan.ts";
import { resolve } from "./commands/resolve.ts";
import { restore } from "./commands/restore.ts";
import { set } from "./commands/set.ts";
import { undo } from "./commands/undo.ts";
import { complain } from "./complain.ts";
import { exitCodes, UsageError } from "./exitCodes.ts";
import { commandHelp, overview } from "./help.ts";
import type { Io } from "./io.ts";
import { closest, parseOptions } from "./options.ts";
import { packageVersion } from "./version.ts";

const commands: readonly Command[] = [
  check,
  resolve,
  init,
  lsp,
  account,
  set,
  plan,
  apply,
  undo,
  kill,
  restore,
  kills,
  load,
  demo,
];

/** Runs one command line (without node and script) and resolves to its exit code. Never throws for what a user can do wrong. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const [name, ...args] = argv;
  try {
    if (name === undefined) throw new UsageError(`Name a command: ${either(commands.map(nameOf))}.`);
    if (name === "--version" || name === "-v") return print(`${packageVersion()}\n`, io);
    if (name === "--help" || name === "-h") return print(overview(commands), io);
    if (name === "help") return print(args[0] === undefined ? overview(commands) : commandHelp(find(args[0])), io);
    return await runCommand(find(name), args, io);
  } catch (error) {
    if (!(error instanceof UsageError) && !isAccountError(error)) throw error;
    complain(error.message, io);
    if (isAccountError(error)) return exitCodes.account;
    if (name === undefined) io.stderr.write(`\n${overview(commands)}`);
    return exitCodes.usage;
  }
}

async function runCommand(command: Command, args: readonly string[], io: Io): Promise<number> {
  const options = parseOptions(args, command.options);
  if (options.has("help")) return print(commandHelp(command), io);
  if (options.has("version")) return print(`${packageVersion()}\n`, io);
  return await command.run(options, io);
}

function print(text: string, io: Io): number {
  io.stdout.write(text);
  return exitCodes.done;
}

function find(name: string): Command {
  const command = commands.find((known) => known.name === name);
  if (command) return command;
  const meant = closest(name, commands.map(nameOf));
  const hint = meant === undefined ? "lambda-concurrency --help lists the commands." : `Did you mean ${meant}?`;
  throw new UsageError(`${name.startsWith("-") ? "Name a command before" : "Unknown command"} ${name}. ${hint}`);
}

function nameOf({ name }: Command): string {
  return name;
}
