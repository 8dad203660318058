import type { ParameterValues, Uri } from "../model.ts";
import type { ConfigProblem } from "./configProblem.ts";

/** The parameters that a file holds. */
export interface ParameterFile {
  readonly uri: Uri;
  readonly parameters: ParameterValues;
  readonly problems: readonly ConfigProblem[];
  /** There is no such file. */
  readonly missing?: true;
}
