import { resolve as resolvePath } from "node:path";
import type { DemoOptions, DemoServer, Fault, parseFault } from "#demo";
import { readAccountFile } from "../demoAccountFile.ts";
import { exitCodes, UsageError } from "../exitCodes.ts";
import type { Io } from "../io.ts";
import { loadBundle } from "../loadBundle.ts";
import type { Options } from "../options.ts";
import { printable } from "../reporters/terminal.ts";
import type { Command } from "./command.ts";

const HIGHEST_PORT = 65_535;
const HIGHEST_SCALE = 100;

/** `demo`: an account on this machine that behaves like Lambda. Its module is loaded when the command runs. */
export const demo: Command = {
  name: "demo",
  usage: "[options]",
  summary: "Start a demo account on this machine that behaves like Lambda.",
  details: `Answers AWS clients on 127.0.0.1 with Lambda's rules, messages and limits, and needs no AWS account.
Prints its address on standard output and runs until it is ended. Any credentials do:
  aws --endpoint-url ADDRESS lambda get-account-settings
A fault is KIND[:ACTION][:times=N][:after=N][:ms=N], for example throttle:GetFunction:times=3.
Kinds: cut, deny, empty-pages, expired, moto, other-account, server-error, slow, stale, stale-tags, throttle.`,
  options: {
    port: { value: "N", wholeNumberFrom: 0, help: "listen on this port (default 0: a free one)" },
    limit: { value: "N", wholeNumberFrom: 0, help: "concurrency of the account" },
    floor: { value: "N", wholeNumberFrom: 0, help: "concurrency that stays unreserved" },
    account: { value: "FILE", help: "account with its functions, JSON or YAML" },
    state: { value: "FILE", help: "keep all changes in this file, and go on from it" },
    fault: { value: "FAULT", multiple: true, help: "let something go wrong (repeatable)" },
    "no-traffic": { help: "send no requests to the functions" },
    "time-scale": { value: "N", wholeNumberFrom: 1, help: "run this many times as fast (default 1)" },
  },
  run,
};

async function run(options: Options, io: Io): Promise<number> {
  if (options.positionals.length > 0) throw new UsageError(`demo takes options only, not "${options.positionals[0]}".`);
  const port = bounded(options, "port", HIGHEST_PORT) ?? 0;
  const demoModule = await loadBundle("demo.cjs", async () => await import("#demo"));
  const server = await start(demoModule.startDemo, demoOptions(options, io, demoModule), port);
  const { account, alias } = server.account.identity;
  // From the address on, whoever reads it may ask the process to end.
  const end = ended();
  io.stdout.write(`${server.url}\n`);
  io.stderr.write(`Demo account ${account}${alias === undefined ? "" : ` (${printable(alias)})`} in ${server.account.home}. Try:
  AWS_ACCESS_KEY_ID=demo AWS_SECRET_ACCESS_KEY=demo AWS_REGION=${server.account.home} \\
    aws --endpoint-url ${server.url} lambda get-account-settings
`);
  await end;
  await server.close();
  // An open channel would keep the process from ending.
  if (process.connected) process.disconnect();
  return exitCodes.done;
}

function demoOptions(
  options: Options,
  io: Io,
  demoModule: { readonly parseFault: typeof parseFault; readonly checkAccount: Parameters<typeof readAccountFile>[2] },
): DemoOptions {
  const limit = options.number("limit");
  const floor = options.number("floor");
  const file = options.text("account");
  const state = options.text("state");
  return {
    traffic: !options.has("no-traffic"),
    timeScale: bounded(options, "time-scale", HIGHEST_SCALE) ?? 1,
    faults: options.list("fault").map((text) => readFault(text, demoModule.parseFault)),
    ...(limit === undefined ? {} : { limit }),
    ...(floor === undefined ? {} : { floor }),
    ...(file === undefined
      ? {}
      : { account: readAccountFile(resolvePath(io.cwd, file), file, demoModule.checkAccount) }),
    ...(state === undefined ? {} : { stateFile: resolvePath(io.cwd, state) }),
  };
}

function bounded(options: Options, name: string, highest: number): number | undefined {
  const value = options.number(name);
  if (value !== undefined && value > highest)
    throw new UsageError(`--${name} takes a whole number up to ${highest}, not "${value}".`);
  return value;
}

function readFault(text: string, parse: typeof parseFault): Fault {
  const fault = parse(text);
  if (typeof fault === "string") throw new UsageError(`--fault: ${fault}`);
  return fault;
}

async function start(
  startDemo: (options: DemoOptions, port: number) => Promise<DemoServer>,
  options: DemoOptions,
  port: number,
): Promise<DemoServer> {
  try {
    return await startDemo(options, port);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EADDRINUSE") throw new UsageError(`--port ${port}: the port is taken. Port 0 picks a free one.`);
    throw new UsageError(`The demo account cannot start: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Resolves when the process is asked to end, or when the program that started it with a channel is gone. */
function ended(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGTERM", () => resolve());
    process.once("disconnect", () => resolve());
  });
}
