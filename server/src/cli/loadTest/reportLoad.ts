import { open } from "node:fs/promises";
import { resolve } from "node:path";
import type { LoadOutcome } from "#operations";
import { complain } from "../complain.ts";
import type { Io } from "../io.ts";
import type { Options } from "../options.ts";
import { loadLines } from "../reporters/load.ts";
import { loadJson } from "../reporters/loadJson.ts";
import { loadModule } from "./loadModule.ts";

/** What was measured: as text or JSON on stdout, and all requests in the file of `--csv`. */
export async function reportLoad(outcome: Omit<LoadOutcome, "kind">, options: Options, io: Io): Promise<void> {
  io.stdout.write(options.text("format") === "json" ? loadJson(outcome) : loadLines(outcome));
  const file = options.text("csv");
  if (file === undefined) return;
  const { csvOf } = await loadModule();
  try {
    const handle = await open(resolve(io.cwd, file), "w");
    try {
      for (const text of csvOf(outcome.runs)) await handle.write(text);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const why = error instanceof Error && "code" in error ? ` (${error.code})` : "";
    complain(`${file} cannot be written${why}. The report above is complete.`, io);
  }
}
