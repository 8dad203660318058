import { UsageError } from "../exitCodes.ts";
import type { Io } from "../io.ts";
import { loadBundle } from "../loadBundle.ts";
import type { Options } from "../options.ts";
import type { Command } from "./command.ts";

/** `lsp`: the language server, for editors other than VS Code. Its module is loaded when the command runs. */
export const lsp: Command = {
  name: "lsp",
  usage: "--stdio",
  summary: "Start the language server for other editors.",
  details: `Speaks the language server protocol on standard input and output until the editor says exit.
Serves SAM and CloudFormation templates (YAML and JSON) and budget files.`,
  options: {
    stdio: { help: "talk on standard input and output" },
  },
  run,
};

async function run(options: Options, _io: Io): Promise<number> {
  if (!options.has("stdio")) throw new UsageError("lsp needs --stdio: lambda-concurrency lsp --stdio");
  if (options.positionals.length > 0)
    throw new UsageError(`lsp takes no arguments besides --stdio, not "${options.positionals[0]}".`);
  const { serve } = await loadBundle("lsp.cjs", async () => await import("#lsp"));
  return await serve();
}
