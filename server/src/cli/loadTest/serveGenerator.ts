import type { FromGenerator, LoadRun, RequestMessage, RunMessage, ToGenerator } from "#core";
import type { HttpRequest, LoadTarget } from "#load";
import type { Io } from "../io.ts";
import { loadModule } from "./loadModule.ts";

/**
 * Generates load for an editor, which says on standard input what to send and gets what was measured on standard output. It has no credentials
 * but the signed request, and stops when its input closes. Resolves then.
 */
export async function serveGenerator(lines: AsyncIterable<string>, { stdout }: Pick<Io, "stdout">): Promise<void> {
  const { httpTarget, runLoad, warmUp } = await loadModule();
  const say = (message: FromGenerator): void => {
    stdout.write(`${JSON.stringify(message)}\n`);
  };
  let request: HttpRequest | undefined;
  let target: LoadTarget | undefined;
  let timeout = 0;
  let stop = new AbortController();
  const current = () => {
    if (request === undefined) throw new Error("No request was given.");
    return request;
  };
  const work = async (message: Extract<ToGenerator, { readonly kind: "warmUp" | "run" }>) => {
    if (target === undefined) throw new Error("No target was given.");
    stop = new AbortController();
    const { signal } = stop;
    const onProgress = (progress: Extract<FromGenerator, { readonly kind: "progress" }>["progress"]) =>
      say({ kind: "progress", progress });
    if (message.kind === "run")
      return say({ kind: "ran", run: plain(await runLoad(target, message.shape, { signal, timeout, onProgress })) });
    const { broken, run } = await warmUp(target, { signal, timeout, onProgress });
    say({ kind: "warmedUp", broken, run: plain(run) });
  };
  const under = new Set<Promise<void>>();
  try {
    for await (const line of lines) {
      const message = JSON.parse(line) as ToGenerator;
      if (message.kind === "stop") stop.abort();
      else if (message.kind === "request") request = requestOf(message.request);
      else if (message.kind === "target") {
        const { name, proxy, ca } = message;
        request = requestOf(message.request);
        timeout = message.timeout;
        target = httpTarget(current, { name, ...(proxy !== undefined && { proxy }), ...(ca !== undefined && { ca }) });
      } else {
        const working = work(message);
        under.add(working);
        working.finally(() => under.delete(working));
      }
    }
  } finally {
    stop.abort();
    await Promise.all(under);
    await target?.close();
  }
}

function requestOf({ url, method, headers, body }: RequestMessage): HttpRequest {
  return { url: new URL(url), method, headers, ...(body !== undefined && { body: Buffer.from(body, "base64") }) };
}

/** Up to a hundred thousand requests: nobody reads them in an editor. */
function plain({ samples: _, ...run }: LoadRun): RunMessage {
  return run;
}
