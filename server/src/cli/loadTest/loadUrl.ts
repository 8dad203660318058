import { brokenText, firstLine, isLoopbackHost, type LoadShape, num, progressText, shapeText } from "#core";
import { interruptible } from "../account/interruptible.ts";
import { progressLine } from "../account/progressLine.ts";
import { complain } from "../complain.ts";
import { exitCodes, UsageError } from "../exitCodes.ts";
import type { Io } from "../io.ts";
import type { Options } from "../options.ts";
import { printable } from "../reporters/terminal.ts";
import { generatorFor } from "./generator.ts";
import { loadModule } from "./loadModule.ts";
import type { Payload } from "./payloadOf.ts";
import { reportLoad } from "./reportLoad.ts";
import { urlRequest } from "./urlRequest.ts";

/** What is asked for on the command line. */
export interface UrlLoad {
  readonly url: URL;
  readonly shape: LoadShape;
  /** Milliseconds. */
  readonly timeout: number;
  readonly payload?: Payload;
}

/** Load on a URL, without any account. Resolves to the exit code. */
export async function loadUrl({ url, shape, timeout, payload }: UrlLoad, options: Options, io: Io): Promise<number> {
  if (!isLoopbackHost(url.hostname) && !options.has("i-own-this-endpoint"))
    throw new UsageError(
      `Load on ${url.host} is an attack unless it is yours: add --i-own-this-endpoint, or --function NAME if it is a function URL of your account. Nothing was sent.`,
    );
  const method = options.text("method") ?? (payload === undefined ? "GET" : "POST");
  const isText = options.text("format") !== "json";
  if (isText) {
    const body =
      payload === undefined ? "" : ` Sent with each, from ${payload.file}: ${payload.text.trim().slice(0, 1000)}`;
    const what = `${method} ${url.href}: ${shapeText(shape)}; a request is given up after ${num(timeout / 1000)} s.${body}`;
    io.stdout.write(`${printable(what)}\n\n`);
  }
  if (options.has("dry-run")) {
    if (isText) io.stdout.write("Nothing was sent.\n");
    return exitCodes.done;
  }
  const { httpTarget } = await loadModule();
  const request = urlRequest(url, options, payload);
  const target = httpTarget(() => request);
  const line = progressLine(io);
  try {
    return await interruptible(io, async (signal) => {
      const generator = await generatorFor(target, timeout);
      const warm = await generator.warmUp({ signal });
      if (warm.broken) {
        complain(brokenText(warm.run), io);
        return exitCodes.usage;
      }
      const run = await generator.run(shape, { signal, onProgress: (progress) => line.show(progressText(progress)) });
      line.end();
      const reserved = { unknown: "no function was named" };
      const runs = [{ label: "run", reserved, run }];
      await reportLoad({ target: target.name, runs, restored: true, says: firstLine(run) }, options, io);
      return run.interrupted ? exitCodes.cancelled : exitCodes.done;
    });
  } finally {
    line.end();
    await target.close();
  }
}
