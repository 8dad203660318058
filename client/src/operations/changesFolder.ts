import { UserError } from "../userError.ts";

/**
 * The folder where what must outlive the editor is kept, for the command line too. Throws a `UserError` where there is
 * none.
 */
export async function changesFolder(): Promise<string> {
  const { stateFolder, toAccountError } = await import("#aws");
  try {
    return stateFolder(process.env);
  } catch (error) {
    throw new UserError(toAccountError(error).message);
  }
}
