import { measuredTime, num } from "#core";
import { interruptible } from "../account/interruptible.ts";
import { exitCodes } from "../exitCodes.ts";
import type { Io } from "../io.ts";
import type { Options } from "../options.ts";
import { jsonText } from "../reporters/jsonText.ts";
import { loadModule } from "./loadModule.ts";

/** `load --self-check`: how far off the generator itself is here. Resolves to the exit code. */
export async function checkGenerator(options: Options, io: Io): Promise<number> {
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
