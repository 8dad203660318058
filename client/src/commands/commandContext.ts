import type { LogOutputChannel, Uri } from "vscode";
import type { LanguageServer } from "../languageServer.ts";

/** What the commands of files and the language server work on. */
export interface CommandContext {
  readonly server: LanguageServer;
  readonly log: LogOutputChannel;
  /** Where a file of the extension is installed. */
  readonly extensionFile: (path: string) => Uri;
}
