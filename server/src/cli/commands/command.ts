import type { Io } from "../io.ts";
import type { OptionSpecs, Options } from "../options.ts";

/** One command of the command line. */
export interface Command {
  readonly name: string;
  /** What stands behind the command's name in the usage line. */
  readonly usage: string;
  /** One sentence for the overview. */
  readonly summary: string;
  /** What a user needs to know beyond the options; it is wrapped, but for lines that are indented. */
  readonly details: string;
  readonly options: OptionSpecs;
  /** Does the work and resolves to the exit code. Throws a `UsageError` for a wrong request. */
  run(options: Options, io: Io): Promise<number>;
}
