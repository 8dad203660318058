import type { Choice, Ui } from "#operations";
import type { Io } from "../io.ts";
import type { Options } from "../options.ts";
import { printable } from "../reporters/terminal.ts";
import { answerOf } from "./confirm.ts";
import { progressLine } from "./progressLine.ts";

/** What is the same for every operation at a terminal; what it shows and reports is its own. */
export type TerminalUi = Pick<Ui<never, never>, "interactive" | "confirm" | "choose" | "progress">;

/**
 * Asks at the terminal, and shows progress in a line on stderr. Where nobody sits at one, and with `--yes`, nothing is
 * asked that was not answered on the command line.
 */
export function terminalUi(options: Options, io: Io, signal: AbortSignal): TerminalUi {
  const { ask } = io;
  const interactive = ask !== undefined && !options.has("yes");
  return {
    interactive,
    confirm: (confirmation) => answerOf(confirmation, options, io),
    async choose(choice) {
      if (!interactive) return undefined;
      const number = Number((await ask(choiceText(choice)))?.trim() || Number.NaN);
      return choice.items[number - 1]?.value;
    },
    async progress(title, work) {
      const line = progressLine(io);
      line.show(title);
      try {
        return await work({ signal, say: (what) => line.show(what), advance() {} });
      } finally {
        line.end();
      }
    },
  };
}

function choiceText({ title, placeholder, items }: Choice<unknown>): string {
  const lines = items.map(({ label, description, detail }, index) => {
    const more = [description, detail].filter((part) => part !== undefined).join(" · ");
    return `  ${index + 1} ${printable(label)}${more === "" ? "" : `: ${printable(more)}`}\n`;
  });
  const numbers = items.length === 1 ? "1" : `1-${items.length}`;
  return `${printable(title)}\n${lines.join("")}${printable(placeholder)} [${numbers}]? `;
}
