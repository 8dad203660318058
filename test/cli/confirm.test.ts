import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { PassThrough } from "node:stream";
import { test } from "node:test";
import { AccountError } from "#aws";
import { answerOf } from "#cli/account/confirm.ts";
import { changeOptions } from "#cli/account/options.ts";
import { askAtTerminal } from "#cli/askAtTerminal.ts";
import { UsageError } from "#cli/exitCodes.ts";
import { createInterrupts } from "#cli/interrupts.ts";
import type { Io } from "#cli/io.ts";
import { parseOptions } from "#cli/options.ts";

const why = "The budget of pool shop calls this account and Region production.";

const identity = {
  account: "123456789012",
  alias: "shop-prod",
  arn: "arn:aws:iam::123456789012:user/me",
  partition: "aws",
  region: "us-east-1",
};

/** Confirms with these arguments at a terminal where this is typed; without an answer there is no terminal. */
async function confirmed(args: readonly string[], production: boolean, answers?: readonly (string | undefined)[]) {
  const asked: string[] = [];
  const io: Io = {
    stdout: { write() {} },
    stderr: { write() {} },
    printed: () => Promise.resolve(undefined),
    cwd: "/",
    env: {},
    isTTY: false,
    isErrTTY: false,
    pause: () => Promise.resolve(),
    onInterrupt: () => () => {},
    ...(answers && {
      ask(question: string) {
        asked.push(question);
        return Promise.resolve(answers[asked.length - 1]);
      },
    }),
  };
  try {
    return [
      (
        await answerOf(
          { what: "Set 3 reservations", identity, production: production ? why : undefined },
          parseOptions(args, changeOptions),
          io,
        )
      ).kind === "yes",
      asked,
    ];
  } catch (error) {
    assert.ok(error instanceof UsageError || (error instanceof AccountError && error.kind === "refused"));
    return [error.message, asked];
  }
}

test("--yes confirms, for production only beside the account's number", async () => {
  assert.deepEqual(await confirmed(["--yes"], false), [true, []]);
  assert.deepEqual(await confirmed(["--yes", "--account", "123456789012"], true), [true, []]);
  assert.deepEqual(await confirmed(["--yes"], true), [
    `${why} To confirm, add --account 123456789012 beside --yes. Nothing was changed.`,
    [],
  ]);
});

test("another account than the one that was named is refused, whatever else is said", async () => {
  const message = "--account 210987654321: these credentials are of account 123456789012. Nothing was changed.";
  for (const production of [false, true]) {
    assert.deepEqual(await confirmed(["--yes", "--account", "210987654321"], production), [message, []]);
    assert.deepEqual(await confirmed(["--account", "210987654321"], production, ["y"]), [message, []]);
  }
});

test("without a terminal and without --yes nothing is changed", async () => {
  assert.deepEqual(await confirmed([], false), [
    "There is no terminal to ask at: add --yes to confirm, or --dry-run to look. Nothing was changed.",
    [],
  ]);
  assert.deepEqual(await confirmed([], true), [
    "There is no terminal to ask at: add --yes --account 123456789012 to confirm, or --dry-run to look. Nothing was changed.",
    [],
  ]);
});

test("at a terminal only y or yes confirms", async () => {
  for (const [answer, expected] of [
    ["y", true],
    [" YES ", true],
    ["", false],
    ["n", false],
    ["yesterday", false],
    [undefined, false],
  ] as const)
    assert.deepEqual(await confirmed([], false, [answer]), [expected, ["Set 3 reservations? [y/N] "]]);
});

test("for production the account's name or ID has to be typed", async () => {
  const question = "Set 3 reservations in production? Type shop-prod to continue: ";
  for (const [answer, expected] of [
    ["shop-prod", true],
    ["y", false],
    ["123456789012", true],
    [undefined, false],
  ] as const)
    assert.deepEqual(await confirmed([], true, [answer]), [expected, [question]]);
});

test("a question is answered by a line; Ctrl+C, Ctrl+D and the end of the input cancel it", async () => {
  for (const [typed, expected] of [
    ["yes\r", "yes"],
    ["\r", ""],
    ["y\u0003", undefined],
    ["\u0004", undefined],
  ] as const) {
    const input = new PassThrough();
    const output = new PassThrough();
    const answer = askAtTerminal("Go on? ", input, output);
    input.write(typed);
    assert.equal(await answer, expected);
    assert.match(String(output.read()), /Go on\? /);
  }
  const input = new PassThrough();
  const answer = askAtTerminal("Go on? ", input, new PassThrough());
  input.end();
  assert.equal(await answer, undefined);
});

test("Ctrl+C is left to the operating system unless somebody listens, and the second time in any case", () => {
  const source = new EventEmitter();
  const calls: string[] = [];
  const { onInterrupt } = createInterrupts(source);
  assert.equal(source.emit("SIGINT"), false);
  const release = onInterrupt(() => calls.push("listener"));
  assert.equal(source.emit("SIGINT"), true);
  assert.equal(source.emit("SIGINT"), false);
  onInterrupt(() => calls.push("released"))();
  assert.equal(source.emit("SIGINT"), false);
  release();
  assert.deepEqual(calls, ["listener"]);
});
