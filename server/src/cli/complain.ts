import type { Io } from "./io.ts";
import { printable } from "./reporters/terminal.ts";

/** One line on stderr. File names and what AWS answered may hold anything, so nothing of it steers a terminal or a CI service. */
export function complain(message: string, io: Pick<Io, "stderr">): void {
  io.stderr.write(`lambda-concurrency: ${printable(message)}\n`);
}
