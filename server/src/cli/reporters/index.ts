import type { Output } from "../io.ts";
import type { ReportContext, Reporter } from "../report.ts";
import { githubReporter } from "./github.ts";
import { jsonReporter } from "./json.ts";
import { sarifReporter } from "./sarif.ts";
import { textReporter } from "./text.ts";

/** The formats of `check --format`. */
export const reporters = {
  text: textReporter,
  json: jsonReporter,
  sarif: sarifReporter,
  github: githubReporter,
} as const satisfies Record<string, (output: Output, context: ReportContext) => Reporter>;

export type Format = keyof typeof reporters;
