import { type DocumentSymbol, SymbolKind } from "vscode-languageserver-types";
import type { BudgetPool } from "../budgetFile/budgetFile.ts";
import { groupBy } from "../groupBy.ts";
import type { Span, Uri } from "../model.ts";
import type { SourceFile } from "../sources.ts";
import { valueText } from "../wording/values.ts";
import { many, num } from "../wording/words.ts";
import { budgetOf } from "./budgets.ts";
import type { FeatureContext } from "./context.ts";
import { type Edge, fileOf, openEdge } from "./edge.ts";
import { settingsOf, type Use, usesIn } from "./uses.ts";

/**
 * Outline of a budget file: pools with their stacks, reservations, downstreams and kill groups. Of a template only one symbol that
 * holds the functions that claim concurrency, because other extensions outline templates.
 */
export function documentSymbols(context: FeatureContext, uri: Uri): DocumentSymbol[] {
  const file = fileOf(context, uri);
  if (!file) return [];
  const draw = drawer(openEdge(context), file);
  if (file.kind !== "budget") return templateSymbols(context, file, draw);
  const pools = budgetOf(context.analysis, file)?.pools ?? [];
  return pools.map((pool) => poolSymbol(pool, file, draw));
}

/** A symbol before its offsets become ranges. */
interface Outline {
  readonly name: string;
  readonly detail?: string | undefined;
  readonly kind: SymbolKind;
  /** The whole thing; widened to what its children cover. */
  readonly span: Span;
  /** What is selected when the symbol is chosen. */
  readonly at: Span;
  readonly children?: readonly Outline[];
}

type Draw = (outline: Outline) => DocumentSymbol;

function drawer(edge: Edge, file: SourceFile): Draw {
  const draw: Draw = (outline) => {
    const children = outline.children ?? [];
    const span = hull([outline.span, outline.at, ...children.map(extent)]);
    const symbol: DocumentSymbol = {
      // An empty name is an error in VS Code.
      name: outline.name.trim() || "(unnamed)",
      kind: outline.kind,
      range: edge.range(file, span),
      selectionRange: edge.range(file, outline.at),
    };
    if (outline.detail) symbol.detail = outline.detail;
    if (children.length > 0) symbol.children = children.map(draw);
    return symbol;
  };
  return draw;
}

function extent(outline: Outline): Span {
  return hull([outline.span, outline.at, ...(outline.children ?? []).map(extent)]);
}

function hull(spans: readonly Span[]): Span {
  return { start: Math.min(...spans.map((each) => each.start)), end: Math.max(...spans.map((each) => each.end)) };
}

function templateSymbols(context: FeatureContext, file: SourceFile, draw: Draw): DocumentSymbol[] {
  const claiming = usesIn(context.analysis, file.uri).filter((use) => settingsOf(use).length > 0);
  const byId = groupBy(claiming, ({ claim }) => claim.function.logicalId);
  const children = [...byId].flatMap(([name, uses]): Outline[] => {
    const declared = uses[0]?.claim.function;
    if (!declared) return [];
    return [
      { name, detail: functionDetail(uses), kind: SymbolKind.Function, span: declared.extent, at: declared.place },
    ];
  });
  const first = children[0];
  if (!first) return [];
  const detail = many(children.length, "function");
  return [
    draw({ name: "Lambda concurrency", detail, kind: SymbolKind.Namespace, span: first.at, at: first.at, children }),
  ];
}

function functionDetail(uses: readonly Use[]): string {
  const words = uses.flatMap(settingsOf).map(({ which, setting }) => {
    if (which === "reserved") return `${valueText(setting.value)} reserved`;
    return which === "provisioned"
      ? `${valueText(setting.value)} provisioned`
      : `max ${valueText(setting.value)} per source`;
  });
  return [...new Set(words)].slice(0, 4).join(", ");
}

function poolSymbol(pool: BudgetPool, file: SourceFile, draw: Draw): DocumentSymbol {
  const document = file.tree.documents[pool.index];
  const span = document ? { start: document.start, end: document.end } : pool.place;
  const detail = pool.limit ? `limit ${num(pool.limit.value)}` : undefined;
  const children = [
    group(
      "stacks",
      pool.stacks.map((stack) => ({
        name: stack.names.map((each) => each.value).join(", ") || stack.template.value,
        detail: stack.instances > 1 ? many(stack.instances, "instance") : undefined,
        kind: SymbolKind.Package,
        span: stack.place,
        at: stack.template.place,
      })),
    ),
    group(
      "reservations",
      pool.reservations.map((grant) => ({
        name: grant.pattern,
        detail: grant.off ? "off" : num(grant.reserved),
        kind: SymbolKind.Number,
        span: hull([grant.place, grant.valuePlace]),
        at: grant.place,
      })),
    ),
    group(
      "downstreams",
      pool.downstreams.map((each) => ({
        name: each.name,
        detail: `capacity ${num(each.capacity.value)}`,
        kind: SymbolKind.Interface,
        span: hull([each.place, each.capacity.place, ...each.functions.map((pattern) => pattern.place)]),
        at: each.place,
      })),
    ),
    group(
      "kill-groups",
      pool.killGroups.map((each) => ({
        name: each.name,
        detail: many(each.functions.length, "function"),
        kind: SymbolKind.Array,
        span: hull([each.place, ...each.functions.map((pattern) => pattern.place)]),
        at: each.place,
      })),
    ),
  ].flat();
  return draw({ name: pool.name, detail, kind: SymbolKind.Module, span, at: pool.place, children });
}

function group(name: string, children: readonly Outline[]): readonly Outline[] {
  const first = children[0];
  if (!first) return [];
  return [{ name, kind: SymbolKind.Namespace, span: first.at, at: first.at, children }];
}
