import { type AccountSnapshot, many, num } from "#core";
import type { Io } from "../io.ts";
import { printable } from "../reporters/terminal.ts";

/** A line on stderr that is written over and over; nothing where stderr is no terminal. */
export interface ProgressLine {
  show(text: string): void;
  /** Takes the line away. */
  end(): void;
}

const CLEAR = "\r\u001b[K";

/** A line for how far the reading is. */
export function progressLine(io: Io): ProgressLine {
  if (!io.isErrTTY || io.env.TERM === "dumb") return { show() {}, end() {} };
  let shown = false;
  return {
    show(text) {
      io.stderr.write(`${CLEAR}${printable(text)}`);
      shown = true;
    },
    end() {
      if (shown) io.stderr.write(CLEAR);
      shown = false;
    },
  };
}

/** `120 of 340 functions` */
export function progressOf({ reading, functionCount, identity }: AccountSnapshot): string {
  const all = Math.max(functionCount, reading.listed);
  const accounted = reading.accounted ? ", all reservations found" : "";
  return `${identity.region}: ${num(reading.known)} of ${many(all, "function")} read${accounted}`;
}
