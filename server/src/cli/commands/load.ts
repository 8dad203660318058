import { measuredTime, num } from "#core";
import { interruptible } from "../account/interruptible.ts";
import { changeOptions, connectionOptions, formatOption } from "../account/options.ts";
import { exitCodes, UsageError } from "../exitCodes.ts";
import type { Io } from "../io.ts";
import { loadFunction } from "../loadTest/loadFunction.ts";
import { loadModule } from "../loadTest/loadModule.ts";
import { loadUrl } from "../loadTest/loadUrl.ts";
import { payloadOf } from "../loadTest/payloadOf.ts";
import { serveGenerator } from "../loadTest/serveGenerator.ts";
import { secondsOf, shapeOf, shapeOptions } from "../loadTest/shapeOf.ts";
import type { Options } from "../options.ts";
import { jsonText } from "../reporters/jsonText.ts";
import { accountOptions } from "../workspace/analysisOptions.ts";
import type { Command } from "./command.ts";

const TIMEOUT = "20s";
const MOST_REPEATS = 5;

/** `load`: requests on a function or a URL, and what becomes of them. */
export const load: Command = {
  name: "load",
  usage: "FUNCTION|URL -n REQUESTS -c WORKERS [options]",
  summary: "Send load to a function or a URL and measure what is served, throttled and failed.",
  details: `FUNCTION is a name, or NAME:ALIAS, and is invoked synchronously; URL is any http or https address. -n and -c
send as hey does: each worker sends its next request when the one before is answered. --rate and
--duration send whether or not answers come, and count latency from the moment at which a request was to
start. Ten requests go ahead; when more than half of them fail, nothing else is sent.

--reserve N sends the same load twice: as the function is, and with a reservation of N. What was there is
put back at every end, also after Ctrl+C; after a crash, restore FUNCTION does it.

A function without a reservation gets at most half of what is free in the account. A URL must be on this
machine, a function URL of --function, or be called yours with --i-own-this-endpoint.

Exit code: 0 measured; 2 usage, refused, or the target is broken; 3 the account was not read, or not
changed or put back; 130 not
confirmed, or interrupted: what was measured until then is printed.`,
  options: {
    ...shapeOptions,
    timeout: { value: "TIME", help: `give a request up after this time (default ${TIMEOUT})` },
    event: { value: "FILE", help: "JSON to send with each request; shown before it is sent" },
    method: { value: "METHOD", help: "of requests to a URL (default GET, with --event POST)" },
    header: { value: "TEXT", multiple: true, help: 'of requests to a URL, "Name: value" (repeatable)' },
    function: { value: "NAME", help: "the function behind the URL" },
    "i-own-this-endpoint": { help: "the URL is yours, and you may send load to it" },
    reserve: {
      value: "N",
      wholeNumberFrom: 0,
      help: "run again with this reservation, put back what was there, and compare",
    },
    repeat: {
      value: "N",
      wholeNumberFrom: 1,
      help: `with --reserve: so many runs before and so many with it, at most ${MOST_REPEATS} (default 1)`,
    },
    aba: { help: "run once more after the put-back (default: when the first two runs differ)" },
    floor: accountOptions.floor,
    csv: { value: "FILE", help: "write all requests to this file" },
    "self-check": { help: "measure how far off the generator itself is on this machine" },
    generator: { help: "send for an editor what it says on standard input, until that closes" },
    ...connectionOptions,
    ...changeOptions,
    yes: { help: "send it without asking; a production account needs --account beside it" },
    account: { ...changeOptions.account, help: "the account of the function, 12 digits; another one is refused" },
    "dry-run": { help: "show what would be sent, and send nothing" },
    ...formatOption,
  },
  run,
};

async function run(options: Options, io: Io): Promise<number> {
  const [given, ...others] = options.positionals;
  if (options.has("generator")) {
    if (given !== undefined || io.lines === undefined)
      throw new UsageError("--generator takes no target: an editor says on standard input what to send.");
    await serveGenerator(io.lines(), io);
    return exitCodes.done;
  }
  if (options.has("self-check")) {
    if (given !== undefined) throw new UsageError("--self-check takes no target: it has a server of its own.");
    return await checkGenerator(options, io);
  }
  if (given === undefined || others.length > 0)
    throw new UsageError("load takes one target: load FUNCTION -n 1000 -c 50, or load URL -n 1000 -c 50.");
  const shape = shapeOf(options);
  const timeout = secondsOf("timeout", options.text("timeout") ?? TIMEOUT) * 1000;
  const payload = await payloadOf(options, io);
  const reserve = options.number("reserve");
  if (reserve === undefined && options.has("aba")) throw new UsageError("--aba goes with --reserve N.");
  const repeat = options.number("repeat");
  if (reserve === undefined && repeat !== undefined) throw new UsageError("--repeat goes with --reserve N.");
  if (repeat !== undefined && repeat > MOST_REPEATS)
    throw new UsageError(`--repeat takes at most ${MOST_REPEATS}, not ${repeat}.`);
  const wish = { shape, timeout, ...(payload !== undefined && { payload }) };
  const compared = reserve === undefined ? wish : { ...wish, reserve, ...(repeat !== undefined && { repeat }) };
  if (/^https?:/i.test(given)) {
    const url = urlOf(given);
    const name = options.text("function");
    if (name === undefined && reserve !== undefined)
      throw new UsageError("--reserve needs to know the function behind the URL: add --function NAME.");
    if (name === undefined) return await loadUrl({ ...wish, url }, options, io);
    return await loadFunction({ ...compared, url, ...functionOf(name, "--function") }, options, io);
  }
  for (const other of ["method", "header", "function", "i-own-this-endpoint"])
    if (options.has(other)) throw new UsageError(`--${other} goes with a URL; a function is invoked by its name.`);
  return await loadFunction({ ...compared, ...functionOf(given, "load") }, options, io);
}

function urlOf(text: string): URL {
  if (!URL.canParse(text) || new URL(text).hostname === "") throw new UsageError(`"${text}" is not a URL.`);
  const url = new URL(text);
  if (url.username !== "" || url.password !== "")
    throw new UsageError('Give credentials with --header "Authorization: …", not in the URL.');
  return url;
}

function functionOf(text: string, taking: string): { readonly name: string; readonly qualifier?: string } {
  const [, name, qualifier] = /^([\w-]{1,64})(?::([\w-]{1,128}|\$LATEST))?$/.exec(text) ?? [];
  if (name === undefined) throw new UsageError(`${taking} takes the name of a function or NAME:ALIAS, not "${text}".`);
  return { name, ...(qualifier !== undefined && { qualifier }) };
}

/** `load --self-check`: how far off the generator itself is here. Resolves to the exit code. */
async function checkGenerator(options: Options, io: Io): Promise<number> {
  const { selfCheck } = await loadModule();
  const checked = await interruptible(io, (signal) => selfCheck({ signal }));
  if (checked === undefined) return exitCodes.cancelled;
  if (options.text("format") === "json") {
    io.stdout.write(jsonText({ version: 1, selfCheck: checked }));
    return exitCodes.done;
  }
  const { answerTime, closed, open, late, ceiling } = checked;
  const beyond = (milliseconds: number) => `${milliseconds < 0 ? "" : "+"}${measuredTime(milliseconds)}`;
  io.stdout.write(`Latencies of a built-in server that answers after exactly ${measuredTime(answerTime)}, as measured here:
  closed loop, 20 workers      p50 ${beyond(closed.p50)}, p99 ${beyond(closed.p99)}
  open loop, 200 per second    p50 ${beyond(open.p50)}, p99 ${beyond(open.p99)}; started up to ${measuredTime(late.max)} late
At most ${num(Math.round(ceiling))} requests per second can be generated here.
`);
  return exitCodes.done;
}
