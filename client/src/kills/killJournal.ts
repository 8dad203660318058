import type { Journal } from "#aws";
import { changesFolder } from "../operations/changesFolder.ts";

/** The records of kills on this machine, which the command line shares. */
export async function journalOf(): Promise<Journal> {
  const { createJournal } = await import("#aws");
  return createJournal(await changesFolder());
}
