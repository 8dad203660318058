import type { ParameterValues, Place, Uri } from "../model.ts";
import type { ConfigProblem } from "./configProblem.ts";
import type { ConfigFileOption } from "./samconfigsFor.ts";

/** What samconfig says about a template. */
export interface SamconfigAnswer {
  readonly parameters: ParameterValues;
  readonly stackName?: string;
  readonly region?: string;
  /** The environment that was used. */
  readonly environment?: string;
  readonly problems: readonly ConfigProblem[];
  readonly reads: readonly Uri[];
  /** A file that could not be read as a whole: it may set more parameters. */
  readonly undecided?: Uri;
  /** Several environments of one rank name the template: what they differ in is unknown here, and each can be asked for. */
  readonly alternatives?: readonly SamconfigPick[];
}

/** One environment of one samconfig. */
export interface SamconfigPick {
  readonly samconfig: Uri;
  readonly environment: string;
  /** What tells it from the others: the environment, where two have the same with its file. */
  readonly label: string;
}

/** The environment that a budget names, with where it does. */
export interface NamedEnvironment {
  readonly value: string;
  readonly place: Place | undefined;
}

/** Which samconfig and which of its environments is meant; nothing: whatever SAM CLI would take. */
export interface SamconfigQuestion {
  readonly named?: NamedEnvironment | undefined;
  /** `--config-env`. */
  readonly configEnv?: string | undefined;
  readonly configFile?: ConfigFileOption | undefined;
  /** One of the alternatives of an earlier answer. */
  readonly pick?: SamconfigPick | undefined;
}
