import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { SignedInvoke } from "#aws";
import type { FromGenerator, RequestMessage, RunMessage, ToGenerator } from "#core";
import type { LoadGenerator } from "#operations";
import { noAwsVariables } from "../noAwsVariables.ts";
import { UserError } from "../userError.ts";

/** What is invoked. */
export interface ChildTarget {
  /** What it is called in reports. */
  readonly name: string;
  /** Milliseconds until a request is given up. */
  readonly timeout: number;
  readonly signed: SignedInvoke;
}

/** A generator in a process of its own, which ends with `close`. */
export interface ChildGenerator extends LoadGenerator {
  close(): void;
}

/**
 * Starts the command line as load generator. It gets signed requests on its standard input and nothing else of the account, and
 * stops when that closes: also when this process dies.
 * @param program the command line's file
 */
export function childGenerator(program: string, { name, timeout, signed }: ChildTarget): ChildGenerator {
  const child = spawn(process.execPath, [program, "load", "--generator"], {
    // The extension host of a desktop is Electron, which is Node only when told so.
    env: { ...process.env, ...noAwsVariables(), NODE_OPTIONS: undefined, ELECTRON_RUN_AS_NODE: "1" },
  });
  const ended = endOf(child);
  let listen = (_: FromGenerator) => {};
  createInterface(child.stdout).on("line", (line) => listen(JSON.parse(line) as FromGenerator));
  const send = (message: ToGenerator) => void child.stdin.write(`${JSON.stringify(message)}\n`);
  let sent = signed.request();
  const { proxy, ca } = signed.route;
  send({
    kind: "target",
    name,
    timeout,
    ...(proxy !== undefined && { proxy }),
    ...(ca !== undefined && { ca }),
    request: messageOf(sent),
  });
  const renew = () => {
    const fresh = signed.request();
    if (fresh === sent) return;
    sent = fresh;
    send({ kind: "request", request: messageOf(fresh) });
  };

  /** Sends a task and resolves to its result; rejects when the process ends before. */
  function ask<Kind extends "warmedUp" | "ran">(
    task: ToGenerator,
    kind: Kind,
    signal: AbortSignal,
    onProgress: Parameters<LoadGenerator["run"]>[1]["onProgress"] = () => {},
  ): Promise<Extract<FromGenerator, { readonly kind: Kind }>> {
    const stop = () => send({ kind: "stop" });
    const result = new Promise<Extract<FromGenerator, { readonly kind: Kind }>>((resolve) => {
      listen = (message) => {
        if (message.kind === kind) resolve(message as Extract<FromGenerator, { readonly kind: Kind }>);
        if (message.kind !== "progress") return;
        renew();
        onProgress(message.progress);
      };
    });
    renew();
    send(task);
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) stop();
    return Promise.race([result, ended]).finally(() => signal.removeEventListener("abort", stop));
  }

  return {
    async warmUp({ signal }) {
      const { broken, run } = await ask({ kind: "warmUp" }, "warmedUp", signal);
      return { broken, run: withSamples(run) };
    },
    async run(shape, { signal, onProgress }) {
      return withSamples((await ask({ kind: "run", shape }, "ran", signal, onProgress)).run);
    },
    close: () => void child.stdin.end(),
  };
}

/** Rejects with what the process wrote when it ended. */
function endOf(child: ChildProcessWithoutNullStreams): Promise<never> {
  let errors = "";
  child.stderr.on("data", (data) => {
    errors = `${errors}${data}`.slice(0, 2000);
  });
  const ended = new Promise<never>((_, reject) => {
    const failed = (reason: string) => reject(new UserError(`The load generator ended: ${reason}`));
    child.once("error", (error) => failed(error.message));
    child.once("close", (code, signal) => failed(errors.trim() || `it ended with ${signal ?? code}.`));
  });
  // Nobody may be waiting for it; what is sent to a process that has gone is lost.
  ended.catch(() => {});
  child.stdin.on("error", () => {});
  return ended;
}

function messageOf({ url, method, headers, body }: ReturnType<SignedInvoke["request"]>): RequestMessage {
  return { url: url.href, method, headers, ...(body && { body: Buffer.from(body).toString("base64") }) };
}

function withSamples(run: RunMessage) {
  return { ...run, samples: [] };
}
