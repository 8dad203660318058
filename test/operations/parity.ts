import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import type { Io } from "#cli/io.ts";
import { type OptionSpecs, type Options, parseOptions } from "#cli/options.ts";
import type { EditorUiParts } from "#client/operations/editorUi.ts";
import type { AccountFile } from "#demo";
import type { Operation, Ui } from "#operations";
import { type ApplySetup, applySetup } from "../aws/apply/applySetup.ts";
import { fakeWindow } from "../client/operations/fakeWindow.ts";

/** What whoever sits at the editor or the terminal does, in words that fit both. */
export interface ParityScript {
  /** Answer to each confirmation in turn; the last one counts for all that follow. Default: yes. */
  readonly confirm?: readonly ("yes" | "no")[];
  /** What is typed where production asks for the account's name; default: nothing, which cancels. */
  readonly account?: string;
  /** The label of the item to take; default: none, which cancels. */
  readonly choose?: string;
  /** Cancels the work when this is said. */
  readonly cancelAt?: string;
  /** Happens in the account while a confirmation stands; counted from 1. */
  readonly meanwhile?: (setup: ApplySetup, confirmation: number) => void | Promise<void>;
}

/** An operation with its two adapters. */
export interface Adapters<Preview, Outcome extends { readonly kind: string }> {
  readonly editor: (parts: EditorUiParts & { readonly readAgain: () => void }) => Ui<Preview, Outcome>;
  readonly terminal: (options: Options, io: Io, signal: AbortSignal) => Ui<Preview, Outcome>;
  /** Options that the terminal adapter looks at. */
  readonly options: OptionSpecs;
}

/** What an operation did through one adapter. */
export interface Trace {
  /** The calls of the port, with what was asked and answered. */
  readonly port: readonly string[];
  /** Calls that reached the account and may have changed it, in order. */
  readonly writes: readonly string[];
  /** All others, sorted: they are made side by side. */
  readonly reads: readonly string[];
  /** What the account is like then. */
  readonly state: string;
}

/**
 * Runs an operation through both adapters, each on an account of its own, with the same person in front of them. Both must call
 * the same of the port, make the same calls and leave the same account; gives what that was.
 */
export async function parity<Preview, Outcome extends { readonly kind: string }>(
  test: TestContext,
  adapters: Adapters<Preview, Outcome>,
  script: ParityScript,
  run: (operation: Operation<Preview, Outcome>, setup: ApplySetup) => Promise<unknown>,
  { account, production, prepare }: ParityOptions = {},
): Promise<Trace> {
  const traces: Trace[] = [];
  for (const adapter of ["editor", "terminal"] as const) {
    const setup = await applySetup(test, account);
    await prepare?.(setup);
    setup.proxy.reset();
    const person = personOf(setup, script);
    const ui = adapter === "editor" ? editorUiFor(adapters, person) : terminalUiFor(adapters, person);
    const port: string[] = [];
    const { folder, session, options } = setup;
    const state = {
      folder,
      production: async () => production,
      ...(options.retryPolicy !== undefined && { retryPolicy: options.retryPolicy }),
      ...(options.now !== undefined && { now: options.now }),
    };
    await run({ session, state, ui: recorded(ui, port) }, setup);
    const writes = setup.proxy.calls.filter(isWrite);
    const reads = setup.proxy.calls.filter((call) => !isWrite(call)).sort();
    traces.push({ port, writes, reads, state: setup.state() });
  }
  const [editor, terminal] = traces;
  assert.ok(editor && terminal);
  assert.deepEqual(editor, terminal);
  return editor;
}

/** The account to start with, and what happened in it before. */
export interface ParityOptions {
  readonly account?: AccountFile;
  readonly production?: string;
  readonly prepare?: (setup: ApplySetup) => Promise<void>;
}

function isWrite(call: string): boolean {
  return /^(PUT|DELETE) /.test(call);
}

interface Person {
  readonly confirm: () => Promise<boolean>;
  readonly script: ParityScript;
}

function personOf(setup: ApplySetup, script: ParityScript): Person {
  let asked = 0;
  return {
    script,
    async confirm() {
      const { confirm = ["yes"], meanwhile } = script;
      await meanwhile?.(setup, ++asked);
      return (confirm[asked - 1] ?? confirm.at(-1)) === "yes";
    },
  };
}

function editorUiFor<Preview, Outcome extends { readonly kind: string }>(
  { editor }: Adapters<Preview, Outcome>,
  { confirm, script }: Person,
): Ui<Preview, Outcome> {
  const window = fakeWindow({
    dialog: async (_, __, [button]) => ((await confirm()) ? button : undefined),
    input: () => script.account,
    pick: ({ items }) => items.find(({ label }) => label === script.choose)?.label,
    say: (what, cancel) => what === script.cancelAt && cancel(),
  });
  return editor({
    window,
    permission: { isAllowed: () => true, async allow() {} },
    checkCurrent() {},
    readAgain() {},
  });
}

function terminalUiFor<Preview, Outcome extends { readonly kind: string }>(
  { terminal, options }: Adapters<Preview, Outcome>,
  { confirm, script }: Person,
): Ui<Preview, Outcome> {
  const abort = new AbortController();
  const io: Io = {
    stdout: { write() {} },
    stderr: { write: (text) => script.cancelAt !== undefined && text.includes(script.cancelAt) && abort.abort() },
    printed: async () => undefined,
    cwd: "/",
    env: {},
    isTTY: true,
    isErrTTY: true,
    pause: async () => {},
    onInterrupt: () => () => {},
    async ask(question) {
      if (question.endsWith("[y/N] ")) return (await confirm()) ? "y" : "n";
      if (question.endsWith(" to continue: ")) return (await confirm()) ? script.account : undefined;
      const line = question.split("\n").find((each) => each.includes(` ${script.choose}`));
      return line?.trim().split(" ")[0];
    },
  };
  return terminal(parseOptions([], options), io, abort.signal);
}

/** Notes each call of the port with what was asked and answered. */
function recorded<Preview, Outcome extends { readonly kind: string }>(
  ui: Ui<Preview, Outcome>,
  port: string[],
): Ui<Preview, Outcome> {
  return {
    interactive: ui.interactive,
    async preview(preview) {
      port.push("preview");
      await ui.preview(preview);
    },
    async confirm(confirmation) {
      const answer = await ui.confirm(confirmation);
      const { what, changes, production } = confirmation;
      const care = production === undefined ? "" : " (production)";
      port.push(`confirm ${what}${care}: ${changes.join(", ")}: ${answer.kind}`);
      return answer;
    },
    async choose(choice) {
      const value = await ui.choose(choice);
      const label = choice.items.find((item) => item.value === value)?.label ?? "cancelled";
      port.push(`choose ${choice.title}: ${label}`);
      return value;
    },
    progress: async (title, work, options) => {
      port.push(`progress ${title}`);
      return await ui.progress(
        title,
        ({ signal, say, advance }) =>
          work({
            signal,
            say(what) {
              port.push(`say ${what}`);
              say(what);
            },
            advance,
          }),
        options,
      );
    },
    async report(outcome) {
      port.push(`report ${outcome.kind}`);
      await ui.report(outcome);
    },
  };
}
