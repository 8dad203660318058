import { UsageError } from "../exitCodes.ts";
import type { Options } from "../options.ts";

/** The functions named on the command line, each once. Throws a `UsageError` for what cannot be a name. */
export function functionNames({ positionals }: Options): readonly string[] {
  const wrong = positionals.find((name) => !/^[\w-]{1,64}$/.test(name));
  if (wrong === undefined) return [...new Set(positionals)];
  throw new UsageError(`"${wrong}" is not the name of a function. Give it without account, version or alias.`);
}
