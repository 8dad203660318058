import { homedir } from "node:os";
import path from "node:path";

const NAME = "lambda-concurrency";

/**
 * The folder where editor and command line keep what must outlive them: `$XDG_STATE_HOME/lambda-concurrency`, else
 * what the system has for it. It may not exist yet.
 */
export function stateFolder(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string {
  const { join, isAbsolute } = platform === "win32" ? path.win32 : path.posix;
  // The specification of the XDG folders says to ignore relative paths.
  const chosen = (folder: string | undefined) => (folder !== undefined && isAbsolute(folder) ? folder : undefined);
  const home = chosen(platform === "win32" ? env.USERPROFILE : env.HOME) ?? homedir();
  const state = chosen(env.XDG_STATE_HOME);
  if (state !== undefined) return join(state, NAME);
  if (platform === "win32") return join(chosen(env.LOCALAPPDATA) ?? join(home, "AppData", "Local"), NAME);
  if (platform === "darwin") return join(home, "Library", "Application Support", NAME);
  return join(home, ".local", "state", NAME);
}
