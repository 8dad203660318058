import { UsageError } from "./exitCodes.ts";

/** Loads a module that is a bundle of its own, beside that of the command line; throws a `UsageError` when it was not copied with it. */
export async function loadBundle<Module>(file: string, load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND")) throw error;
    throw new UsageError(`This command needs ${file} beside cli.js: npm run build makes both; copy both.`);
  }
}
