import { homedir } from "node:os";
import path from "node:path";
import { AccountError } from "../accountError.ts";

const NAME = "lambda-concurrency";
const nowhere =
  "There is no folder for the records of kills and changes: neither XDG_STATE_HOME nor HOME is an absolute path. Set one of them.";

/**
 * The folder where editor and command line keep what must outlive them: `$XDG_STATE_HOME/lambda-concurrency`, else
 * what the system has for it. It may not exist yet. Throws an `AccountError` where no folder is named: the current
 * one is never meant.
 */
export function stateFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
  systemHome: string = homedir(),
): string {
  const { join, isAbsolute } = platform === "win32" ? path.win32 : path.posix;
  // The specification of the XDG folders says to ignore relative paths.
  const chosen = (folder: string | undefined) => (folder !== undefined && isAbsolute(folder) ? folder : undefined);
  const home = chosen(platform === "win32" ? env.USERPROFILE : env.HOME) ?? chosen(systemHome);
  const state = chosen(env.XDG_STATE_HOME);
  if (state !== undefined) return join(state, NAME);
  const local = platform === "win32" ? chosen(env.LOCALAPPDATA) : undefined;
  if (local !== undefined) return join(local, NAME);
  if (home === undefined) throw new AccountError("failed", nowhere);
  if (platform === "win32") return join(home, "AppData", "Local", NAME);
  if (platform === "darwin") return join(home, "Library", "Application Support", NAME);
  return join(home, ".local", "state", NAME);
}
