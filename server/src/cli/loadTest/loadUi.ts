import type { LoadOutcome, LoadPreview, Ui } from "#operations";
import { terminalUi } from "../account/terminalUi.ts";
import { complain } from "../complain.ts";
import type { Io } from "../io.ts";
import type { Options } from "../options.ts";
import { printable } from "../reporters/terminal.ts";
import { reportLoad } from "./reportLoad.ts";

/** Prints what will be sent, and what was measured. */
export function loadUi(options: Options, io: Io, signal: AbortSignal): Ui<LoadPreview, LoadOutcome> {
  const isText = options.text("format") !== "json";
  return {
    ...terminalUi(options, io, signal),
    async preview({ lines }) {
      if (isText) io.stdout.write(`${lines.map(printable).join("\n")}\n\n`);
    },
    async report(outcome) {
      const { kind, says, runs } = outcome;
      if (kind === "refused" || kind === "broken" || kind === "failed") complain(says, io);
      else if (runs.length === 0 && isText) io.stdout.write(`${printable(says)}\n`);
      if (runs.length > 0) await reportLoad(outcome, options, io);
    },
  };
}
