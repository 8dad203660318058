import { readFileSync } from "node:fs";
import { join } from "node:path";
import { corpusDir } from "./corpus.ts";

/** A public report of a deployment that Lambda refused, with what a reader of the templates could have known. */
export interface DeployFailure {
  readonly repo: string;
  readonly issue: string;
  readonly limit: number | null;
  readonly floor: number | null;
  /** Paths below the folder `deploy-failures` of the corpus. */
  readonly templates: readonly string[];
  readonly otherFiles: readonly string[];
  readonly functions: readonly { readonly logicalId: string | null; readonly resolvedWithDefaults?: number | null }[];
  readonly totalReservedWithDefaults: number | null;
  readonly predicted: "yes" | "no" | "needs-parameter" | "needs-account-state";
  readonly scenario: {
    readonly accountLimit?: number;
    readonly floor?: number;
    readonly parameters?: Readonly<Record<string, number>>;
    readonly tryParameters?: readonly Readonly<Record<string, number>>[];
  };
}

/** All reports of the corpus. */
export function deployFailures(): readonly DeployFailure[] {
  return JSON.parse(readFileSync(join(corpusDir(), "deploy-failures", "cases.json"), "utf8"));
}
