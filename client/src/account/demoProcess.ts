import { type ChildProcess, fork } from "node:child_process";
import type { LogOutputChannel } from "vscode";
import type { AccountChoice } from "#aws";
import { noAwsVariables } from "../noAwsVariables.ts";

/** How long the demo account may take to say its address, milliseconds. */
const startTimeout = 20_000;

/** Region of the default demo account. */
const demoRegion = "us-east-1";

/** A demo account of this window's own: a process that ends with the window, at most one. */
export class DemoProcess {
  readonly #program: string;
  readonly #log: Pick<LogOutputChannel, "info" | "warn">;
  /** Addresses at which a demo account of this window answered once. */
  readonly #gone = new Set<string>();
  #running: { readonly child: ChildProcess; readonly url: Promise<string>; address?: string } | undefined;

  /** @param program the command line's file */
  constructor(program: string, log: Pick<LogOutputChannel, "info" | "warn">) {
    this.#program = program;
    this.#log = log;
  }

  /** Starts it unless it runs, and gives the choice that leads to it. */
  async start(): Promise<AccountChoice> {
    this.#running ??= this.#fork();
    const running = this.#running;
    try {
      running.address = await running.url;
    } catch (error) {
      if (this.#running === running) this.stop();
      throw error;
    }
    return { endpoint: running.address, region: demoRegion, demo: true };
  }

  /** Ends it, unless it is what was chosen or is just being started. */
  keepFor(choice: AccountChoice | undefined): void {
    const address = this.#running?.address;
    if (address !== undefined && choice?.endpoint !== address) this.stop();
  }

  stop(): void {
    const child = this.#running?.child;
    this.#left();
    child?.kill();
  }

  /** Does this choice lead to a demo account of this window that does not run any more? */
  hasEnded({ endpoint }: AccountChoice): boolean {
    return endpoint !== undefined && this.#gone.has(endpoint);
  }

  #left(): void {
    const address = this.#running?.address;
    if (address !== undefined) this.#gone.add(address);
    this.#running = undefined;
  }

  #fork(): { readonly child: ChildProcess; readonly url: Promise<string> } {
    const child = fork(this.#program, ["demo", "--port", "0"], {
      // Neither the editor's debugger switches nor anything of AWS is its business.
      execArgv: [],
      // The extension host of a desktop is Electron, which is Node only when told so.
      env: { ...process.env, ...noAwsVariables(), NODE_OPTIONS: undefined, ELECTRON_RUN_AS_NODE: "1" },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    child.once("exit", (code, signal) => {
      // One that was stopped has nothing to say, perhaps to a log that is closed already.
      if (this.#running?.child !== child) return;
      this.#log.info(`The demo account has ended (${signal ?? code}).`);
      this.#left();
    });
    return { child, url: address(child) };
  }
}

/** What it prints first. */
function address(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    let errors = "";
    const timer = setTimeout(() => {
      child.kill();
      reject(new Error(`The demo account did not say its address within ${startTimeout / 1000} seconds.`));
    }, startTimeout);
    child.stdout?.on("data", (data) => {
      output = `${output}${data}`.slice(0, 1000);
      const [url] = /^http:\/\/127\.0\.0\.1:\d+(?=\s)/.exec(output) ?? [];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
    child.stderr?.on("data", (data) => {
      errors = `${errors}${data}`.slice(0, 2000);
    });
    const failed = (reason: string) => {
      clearTimeout(timer);
      reject(new Error(`The demo account did not start: ${reason}`));
    };
    child.once("error", (error) => failed(error.message));
    child.once("exit", (code, signal) => failed(reasonIn(errors) ?? `it ended with ${signal ?? code}.`));
  });
}

/** The sentence that matters in what a process wrote when it failed: that of the error, without its stack. */
function reasonIn(errors: string): string | undefined {
  const lines = errors.split("\n").filter((line) => line.trim() !== "");
  return lines.find((line) => /^\w*Error\b.*: /.test(line)) ?? lines[0];
}
