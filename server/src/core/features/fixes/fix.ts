import type { Pool } from "../../analysis.ts";
import type { DeclaredFunction, Finding, Span } from "../../model.ts";
import type { SourceFile } from "../../sources.ts";
import type { FeatureContext } from "../context.ts";
import { type Edit, fileOf } from "../edge.ts";
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

/** The function that a fix changes. */
export interface Target {
  /** In every pool and stack it stands in. */
  readonly uses: readonly Use[];
  readonly declared: DeclaredFunction;
  /** The file it is declared in. */
  readonly file: SourceFile;
}

/** The function that a finding is about; for a finding about a whole pool in its budget, the one with the largest claim. */
export function targetOf({ context, finding, file }: FixInput): Target | undefined {
  const id = finding.data?.logicalId;
  if (id !== undefined) return targetIn(context, file, id);
  const pool = finding.data?.budget && file.kind === "budget" ? poolOfData(context, finding) : undefined;
  const [largest] = [...(pool?.claims ?? [])].sort((a, b) => b.claim.min * b.instances - a.claim.min * a.instances);
  const declaring = largest && fileOf(context, largest.uri);
  return declaring && targetIn(context, declaring, largest.function.logicalId);
}

function targetIn(context: FeatureContext, file: SourceFile, id: string): Target | undefined {
  const all = usesIn(context.analysis, file.uri);
  const declared = all.find(({ claim }) => claim.function.logicalId === id)?.claim.function;
  // The copies that `Fn::ForEach` makes are written in one place, so an edit changes all of them.
  const uses = all.filter(({ claim }) => claim.function.place.start === declared?.place.start);
  return declared && { uses, declared, file };
}

/** The pool whose budget a finding's data names. */
export function poolOfData({ analysis }: FeatureContext, { data }: Finding): Pool | undefined {
  return analysis.pools.find(
    ({ budget }) => budget && budget.file.uri === data?.budget?.uri && budget.pool.index === data.budget.pool,
  );
}

/** Replaces a span of a file. */
export function replace(file: SourceFile, span: Span, text: string): Edit {
  return { uri: file.uri, start: span.start, end: span.end, text };
}
