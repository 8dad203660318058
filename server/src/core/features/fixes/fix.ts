import type { Finding, Span } from "../../model.ts";
import type { SourceFile } from "../../sources.ts";
import type { FeatureContext } from "../context.ts";
import type { Edit } from "../edge.ts";
import { type Use, usesIn } from "../uses.ts";

/** What a fix is made from: a finding that is shown, in the file it stands in. */
export interface FixInput {
  readonly context: FeatureContext;
  readonly finding: Finding;
  readonly file: SourceFile;
}

/** A change that settles a finding. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
  /** The one an editor applies when asked to fix without choosing. */
  readonly preferred?: boolean;
}

/** Makes the fixes of one kind for a finding; none when they do not apply. */
export type FixMaker = (input: FixInput) => readonly Fix[];

/** A fix, unless one of its edits cannot be made. */
export function fix(title: string, edits: readonly (Edit | undefined)[], preferred = false): readonly Fix[] {
  const made = edits.flatMap((edit) => edit ?? []);
  if (made.length === 0 || made.length < edits.length) return [];
  return [preferred ? { title, edits: made, preferred } : { title, edits: made }];
}

/** The function that a finding is about, in every pool and stack it stands in. */
export function usesOfFinding({ context, finding, file }: FixInput): readonly Use[] {
  const id = finding.data?.logicalId;
  return usesIn(context.analysis, file.uri).filter(({ claim }) => claim.function.logicalId === id);
}

/** Replaces a span of a file. */
export function replace(file: SourceFile, span: Span, text: string): Edit {
  return { uri: file.uri, start: span.start, end: span.end, text };
}
