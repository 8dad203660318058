import type { RestorePreview } from "#aws";
import type { Room } from "#core";
import { list } from "#core";
import type { ForgetOutcome, ForgetShown, KillOutcome, KillShown, RestoreOutcome, RestoreShown, Ui } from "#operations";
import { complain } from "../complain.ts";
import type { Io } from "../io.ts";
import type { Options } from "../options.ts";
import { killedLines, killPreviewLines, restoredLines, restorePreviewLines } from "../reporters/kills.ts";
import { roomLines } from "../reporters/room.ts";
import { printable } from "../reporters/terminal.ts";
import { terminalUi } from "./terminalUi.ts";

const untouched = "Nothing was changed.\n";
const asItIsNow = "As it is now; run it again to continue:";

/** Shows and reports a kill as text, unless JSON is wanted; `record` gets it as far as it is. */
export function killUi(
  options: Options,
  io: Io,
  signal: AbortSignal,
  record: (outcome: Pick<KillOutcome, "preview" | "results">) => void,
): Ui<KillShown, KillOutcome> {
  const print = printer(options, io);
  return {
    ...terminalUi(options, io, signal),
    async preview({ preview, order }) {
      record({ preview, results: null });
      print(`${killPreviewLines(preview, order.until, new Date())}\n`);
    },
    async report(outcome) {
      record(outcome);
      if (outcome.kind === "cancelled") print(untouched);
      if (outcome.results !== null) print(killedLines(outcome.results, outcome.preview));
      if (outcome.again !== undefined)
        print(`\n${asItIsNow}\n${killPreviewLines(outcome.again, outcome.order.until, new Date())}`);
    },
  };
}

/** The same of a restore, with who could make room. */
export function restoreUi(
  options: Options,
  io: Io,
  signal: AbortSignal,
  record: (outcome: Pick<RestoreOutcome, "preview" | "results" | "room">) => void,
): Ui<RestoreShown, RestoreOutcome> {
  const print = printer(options, io);
  return {
    ...terminalUi(options, io, signal),
    async preview(shown) {
      const { preview, notKilled, room } = shown;
      record({ ...shown, results: null });
      if (notKilled.length > 0) print(`Not killed, left alone: ${list(notKilled, 20)}.\n\n`);
      if (preview.functions.length === 0) print("Nothing of it is killed.\n");
      else print(`${restorePreviewLines(preview, new Date())}\n`);
      if (room !== undefined) print(roomText(room, options));
    },
    async report(outcome) {
      record(outcome);
      const { kind, results, preview, shortAfter, room, again } = outcome;
      if (kind === "cancelled") print(untouched);
      if (results !== null) print(restoredLines(results, preview));
      if (again !== undefined) print(`\n${asItIsNow}\n${restorePreviewLines(again, new Date())}`);
      if (shortAfter !== undefined && room !== undefined) print(roomText(room, options));
    },
  };
}

/** The same of forgetting; what was found of named functions is shown as for a restore. */
export function forgetUi(
  options: Options,
  io: Io,
  signal: AbortSignal,
  record: (preview: RestorePreview) => void,
): Ui<ForgetShown, ForgetOutcome> {
  const print = printer(options, io);
  return {
    ...terminalUi(options, io, signal),
    async preview({ preview, left }) {
      if (preview === undefined) return;
      record(preview);
      print(`${restorePreviewLines(preview, new Date())}\n`);
      if (left.length > 0)
        print(`Forgotten, this stays off:\n${left.map(({ message }) => leftLine(message)).join("")}\n`);
    },
    async report({ kind, results, left }) {
      if (kind === "cancelled") print(untouched);
      for (const { name, outcome, message } of results ?? []) {
        if (message !== undefined) complain(message, io);
        if (outcome !== "forgotten") continue;
        print(`forgotten  ${printable(name)}\n`);
        for (const each of left.filter((one) => one.name === name))
          print(`${leftLine(each.message)}    ${printable(each.undo)}\n`);
      }
    },
  };
}

function leftLine(message: string): string {
  return `  ! ${printable(message)}\n`;
}

function printer(options: Options, io: Io): (text: string) => void {
  return (text) => {
    if (options.text("format") !== "json") io.stdout.write(text);
  };
}

/** Who could make room; null: the account was not read completely. */
function roomText(room: Room | null, options: Options): string {
  return room === null
    ? "Who holds what: lambda-concurrency account --sort reserved\n\n"
    : `${roomLines(room, givenChoice(options))}\n`;
}

/** What of the command line leads another command to the same account. */
function givenChoice(options: Options): string {
  const given = ["profile", "region"].flatMap((name) => {
    const value = options.text(name);
    return value === undefined ? [] : [` --${name} ${value}`];
  });
  return given.join("");
}
