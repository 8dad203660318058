import type { Position, Range, WorkspaceEdit } from "vscode-languageserver-types";
import type { BudgetPool, Placed } from "../budgetFile/budgetFile.ts";
import type { Place, Span, Uri } from "../model.ts";
import type { SourceFile } from "../sources.ts";
import { budgetHitAt, budgetOf, patternsOf } from "./budgets.ts";
import type { FeatureContext } from "./context.ts";
import { type Edit, fileOf, openEdge } from "./edge.ts";
import { templateHitAt } from "./uses.ts";
import { yamlScalar } from "./yamlText.ts";

/** Why a rename is not made: a sentence for the user. */
export interface Refused {
  readonly refused: string;
}

/** What would be renamed, or why not; undefined where nothing can be. */
export function prepareRename(
  context: FeatureContext,
  uri: Uri,
  position: Position,
): { readonly range: Range; readonly placeholder: string } | Refused | undefined {
  const file = fileOf(context, uri);
  if (!file) return undefined;
  const edge = openEdge(context);
  const target = targetAt(context, file, edge.offset(file, position));
  if (!target || "refused" in target) return target;
  return { range: edge.range(file, target.span), placeholder: target.name };
}

/** Renames a budget entry, or a stack's name with every `stack/…` that speaks of it, inside one budget document. */
export function rename(
  context: FeatureContext,
  uri: Uri,
  position: Position,
  newName: string,
): WorkspaceEdit | Refused | undefined {
  const file = fileOf(context, uri);
  if (!file) return undefined;
  const edge = openEdge(context);
  const target = targetAt(context, file, edge.offset(file, position));
  if (!target || "refused" in target) return target;
  const problem = problemWith(target, newName);
  if (problem) return { refused: problem };
  const edits = target.kind === "entry" ? entryEdits(file, target, newName) : stackEdits(file, target, newName);
  return edge.workspaceEdit(edits);
}

type Target =
  | { readonly kind: "entry"; readonly pool: BudgetPool; readonly span: Span; readonly name: string }
  | { readonly kind: "stack"; readonly pool: BudgetPool; readonly span: Span; readonly name: string };

function targetAt(context: FeatureContext, file: SourceFile, offset: number): Target | Refused | undefined {
  if (file.kind !== "budget") return templateTarget(context, file, offset);
  const budget = budgetOf(context.analysis, file);
  const hit = budget && budgetHitAt(budget, offset);
  if (!hit) return undefined;
  const { pool } = hit;
  if (hit.kind === "stack") {
    return hit.part.kind === "name" ? { kind: "stack", pool, span: hit.part.place, name: hit.part.name } : undefined;
  }
  if (hit.kind === "grant" && !hit.onKey) return undefined;
  const place = hit.kind === "grant" ? hit.grant.place : hit.pattern.place;
  return patternTarget(
    context,
    file,
    pool,
    place,
    hit.kind === "grant" ? hit.grant.pattern : hit.pattern.value,
    offset,
  );
}

/** In a template, names belong to CloudFormation: say so on a function, stay silent elsewhere. */
function templateTarget(context: FeatureContext, file: SourceFile, offset: number): Refused | undefined {
  const hit = templateHitAt(context.analysis, file, offset);
  if (hit?.kind !== "function") return undefined;
  const id = (hit.uses[0]?.claim ?? hit.outside[0])?.function.logicalId;
  return {
    refused: `${id} is a logical ID: CloudFormation replaces the function when it is renamed. Rename it in the template by hand, then in the budget.`,
  };
}

/** `stack/LogicalId`: the stack part can be renamed, the logical id belongs to the template. */
function patternTarget(
  context: FeatureContext,
  file: SourceFile,
  pool: BudgetPool,
  place: Place,
  pattern: string,
  offset: number,
): Target | Refused {
  const whole = contentSpan(file, place);
  const slash = pattern.indexOf("/");
  if (slash < 0) return { kind: "entry", pool, span: whole, name: pattern };
  const name = pattern.slice(0, slash);
  const span = { start: whole.start, end: whole.start + slash };
  if (offset <= span.end) return namedElsewhere(context, file, pool, name) ?? { kind: "stack", pool, span, name };
  return {
    refused: `${pattern.slice(slash + 1)} is the logical ID in the stack's template. Rename it there by hand (CloudFormation replaces the function), then here.`,
  };
}

/** A stack whose name the budget does not say: renaming only the patterns would part them from it. */
function namedElsewhere(
  { analysis }: FeatureContext,
  file: SourceFile,
  budget: BudgetPool,
  name: string,
): Refused | undefined {
  if (budget.stacks.some((stack) => stack.names.some(({ value }) => value === name))) return undefined;
  const pool = analysis.pools.find(
    (each) => each.budget?.file.uri === file.uri && each.budget.pool.index === budget.index,
  );
  if (!pool?.stacks.some((stack) => stack.name === name)) return undefined;
  return {
    refused: `The stack's name ${name} comes from samconfig or its folder. Give its entry a name first, or rename it there.`,
  };
}

function problemWith(target: Target, newName: string): string | undefined {
  if (newName.trim() === "" || /[\r\n\t]/.test(newName)) return "The new name is empty or spans lines: give one word.";
  if (target.kind === "stack" && newName.includes("/")) return "A stack name has no slash: give the name alone.";
  if (newName === target.name) return undefined;
  const taken = new Set(target.pool.reservations.map(({ pattern }) => pattern));
  const [double] = renamedEntries(target, newName).filter((pattern) => taken.has(pattern));
  return double === undefined ? undefined : `${double} is already an entry of this pool: give another name.`;
}

/** What the reservations that a rename changes are called afterwards. */
function renamedEntries({ kind, pool, name }: Target, newName: string): readonly string[] {
  if (kind === "entry") return [newName];
  const own = pool.reservations.filter(({ pattern }) => pattern.startsWith(`${name}/`));
  return own.map(({ pattern }) => `${newName}${pattern.slice(name.length)}`);
}

function entryEdits(file: SourceFile, target: Target, newName: string): readonly Edit[] {
  return namesIn(target.pool)
    .filter(({ value }) => value === target.name)
    .map(({ place }) => ({ ...place, text: requoted(file, place, newName) }));
}

function stackEdits(file: SourceFile, target: Target, newName: string): readonly Edit[] {
  const prefix = `${target.name}/`;
  const stackNames = target.pool.stacks.flatMap((stack) => stack.names).filter(({ value }) => value === target.name);
  const patterns = namesIn(target.pool).filter(({ value }) => value.startsWith(prefix));
  return [
    ...stackNames.map(({ place }) => ({ ...place, text: requoted(file, place, newName) })),
    ...patterns.map(({ place, value }) => ({
      ...place,
      text: requoted(file, place, `${newName}/${value.slice(prefix.length)}`),
    })),
  ];
}

/** Everything in a pool that names functions. */
function namesIn(pool: BudgetPool): readonly Placed<string>[] {
  return [...pool.reservations.map(({ pattern, place }) => ({ value: pattern, place })), ...patternsOf(pool)];
}

/** Without the quotes, when it is quoted. */
function contentSpan(file: SourceFile, place: Place): Span {
  const quoted = /^["']/.test(file.text.slice(place.start, place.start + 1));
  return quoted ? { start: place.start + 1, end: Math.max(place.start + 1, place.end - 1) } : place;
}

/** The new name in the quotes of the old one. */
function requoted(file: SourceFile, place: Place, name: string): string {
  const quote = file.text[place.start];
  if (quote === '"') return JSON.stringify(name);
  return quote === "'" ? `'${name.replaceAll("'", "''")}'` : yamlScalar(name);
}
