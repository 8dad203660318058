import type { FileKind, Finding, InAws, Ledger, Pool, RuleId, Severity, Uri, Value, Verdict } from "#core";
import type { CaseJson } from "./caseJson.ts";
import type { Locator, Range } from "./locate.ts";
import type { Names } from "./names.ts";

/** A finding with lines and characters. */
export interface LocatedFinding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly message: string;
  readonly uri: Uri;
  readonly range: Range;
  readonly pool?: string;
  readonly stack?: string;
  readonly related: readonly LocatedRelated[];
  readonly data?: NonNullable<Finding["data"]>;
  readonly suppressed?: { readonly reason: string };
}

/** A place that explains a finding. */
export interface LocatedRelated {
  readonly uri: Uri;
  readonly range: Range;
  readonly message: string;
}

/** One pool as it is printed. */
export interface PoolSummary {
  readonly name: string;
  readonly account: string | null;
  readonly region: string | null;
  readonly limit: Value;
  readonly limitSource: Pool["limitSource"];
  readonly floor: number;
  readonly floorSource: Pool["floorSource"];
  readonly claimed: Value;
  readonly unreserved: Value;
  readonly verdict: Verdict;
  /** AWS refuses something in it for certain: it cannot be deployed. */
  readonly refused?: true;
  /** How it stands against what its account has left now; absent when that was not read. */
  readonly inAws?: InAws;
  /** Its stacks in each case of what is undecided; absent when there is only one. */
  readonly cases?: readonly {
    readonly stack: string;
    readonly when: CaseJson;
    readonly claimed: Value;
    readonly verdict: Verdict;
  }[];
  /** Parameters meet in too many cases to be looked at one by one. */
  readonly casesCut?: true;
  readonly bounds: Ledger["claimedBounds"];
  /** What the verdict rests on beside the files, as sentences. */
  readonly assumptions: readonly string[];
  /** Does no budget say what else is in the pool? */
  readonly alone: boolean;
}

/** One file as it is printed. */
export interface FileSummary {
  readonly uri: Uri;
  readonly kind: FileKind;
  readonly functions: number;
  readonly error?: string;
  /** It was read only up to a bound; `error` says so. */
  readonly cut?: true;
  /** Where the error is, when it is a mistake in the text. */
  readonly errorRange?: Range;
}

/** Everything that `check` found out. Suppressed findings are among `findings`, but not in `summary`. */
export interface CheckReport {
  readonly pools: readonly PoolSummary[];
  readonly findings: readonly LocatedFinding[];
  readonly files: readonly FileSummary[];
  /** Folders with templates that a search leaves out because of their name, with what to do. */
  readonly skipped: readonly { readonly uri: Uri; readonly message: string }[];
  readonly summary: { readonly errors: number; readonly warnings: number; readonly information: number };
}

/** What a reporter may use besides the report. */
export interface ReportContext {
  readonly names: Names;
  readonly locator: Locator;
  /** Absolute path of the current folder. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly colour: boolean;
  readonly version: string;
}

/** Writes a report in one format. */
export interface Reporter {
  report(report: CheckReport): void;
}

/** The findings that count: not suppressed. */
export function shown(report: CheckReport): readonly LocatedFinding[] {
  return report.findings.filter((finding) => finding.suppressed === undefined);
}
