import { type CodeAction, CodeActionKind, type Diagnostic, type Range } from "vscode-languageserver-types";
import type { Finding, Uri } from "../model.ts";
import type { SourceFile } from "../sources.ts";
import type { FeatureContext } from "./context.ts";
import { type Edge, fileOf, openEdge } from "./edge.ts";
import type { Fix } from "./fixes/fix.ts";
import { fixesFor } from "./fixes/index.ts";
import { addMaximumConcurrency, isIn, wrapInIf } from "./fixes/template.ts";
import { contains } from "./treePath.ts";
import { usesIn } from "./uses.ts";

/** More findings in one range than this are not mended at once. */
const MAX_FINDINGS = 50;

/**
 * Quick fixes for the findings in a range, and rewrites for the function at the cursor.
 * @param diagnostics those that the editor shows there; a fix is tied to its own
 * @param only kinds that the editor asks for; all when absent
 */
export function codeActions(
  context: FeatureContext,
  uri: Uri,
  range: Range,
  diagnostics: readonly Diagnostic[] = [],
  only?: readonly CodeActionKind[],
): CodeAction[] {
  const file = fileOf(context, uri);
  if (!file) return [];
  const edge = openEdge(context);
  const start = edge.offset(file, range.start);
  const end = edge.offset(file, range.end);
  const actions: CodeAction[] = [];
  if (wants(only, CodeActionKind.QuickFix)) {
    for (const finding of findingsIn(context, file, start, end)) {
      const shown = diagnostics.filter((each) => each.code === finding.rule && sameStart(each, finding, edge, file));
      for (const fix of fixesFor({ context, finding, file })) push(actions, edge, fix, CodeActionKind.QuickFix, shown);
    }
  }
  if (wants(only, CodeActionKind.RefactorRewrite)) {
    for (const fix of rewrites(context, file, start, end)) push(actions, edge, fix, CodeActionKind.RefactorRewrite, []);
  }
  return actions;
}

function findingsIn(context: FeatureContext, file: SourceFile, start: number, end: number): readonly Finding[] {
  return context.analysis.findings
    .filter(
      ({ place, suppressed }) => !suppressed && place.uri === file.uri && place.start <= end && start <= place.end,
    )
    .slice(0, MAX_FINDINGS);
}

function rewrites(context: FeatureContext, file: SourceFile, start: number, end: number): readonly Fix[] {
  if (file.kind === "budget") return [];
  const uses = usesIn(context.analysis, file.uri);
  const use = uses.find(({ claim }) => isIn(claim.function, file.uri, start, end));
  if (!use) return [];
  const { reserved } = use.claim.function;
  const onNumber = contains(reserved.place, start) ? wrapInIf(file, use) : [];
  const same = uses.filter(({ claim }) => claim.function.place.start === use.claim.function.place.start);
  return [...onNumber, ...addMaximumConcurrency(file, same)];
}

function push(
  actions: CodeAction[],
  edge: Edge,
  fix: Fix,
  kind: CodeActionKind,
  diagnostics: readonly Diagnostic[],
): void {
  const edit = edge.workspaceEdit(fix.edits);
  if (!edit || actions.some((each) => each.title === fix.title)) return;
  const action: CodeAction = { title: fix.title, kind, edit };
  if (diagnostics.length > 0) action.diagnostics = [...diagnostics];
  if (fix.preferred) action.isPreferred = true;
  actions.push(action);
}

function sameStart(diagnostic: Diagnostic, finding: Finding, edge: Edge, file: SourceFile): boolean {
  const start = edge.position(file, finding.place.start);
  return diagnostic.range.start.line === start.line && diagnostic.range.start.character === start.character;
}

/** An editor that asks for `refactor` also wants `refactor.rewrite`. */
function wants(only: readonly CodeActionKind[] | undefined, kind: CodeActionKind): boolean {
  return !only || only.some((each) => kind === each || kind.startsWith(`${each}.`) || each === "");
}
