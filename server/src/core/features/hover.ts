import type { Hover, Position } from "vscode-languageserver-types";
import type { Uri } from "../model.ts";
import type { FeatureContext } from "./context.ts";
import { fileOf, openEdge } from "./edge.ts";
import { hoverBudget } from "./hoverBudget.ts";
import { hoverTemplate } from "./hoverTemplate.ts";

/** What a number means: its effective value, where it comes from, and the pools it stands in. */
export function hover(context: FeatureContext, uri: Uri, position: Position): Hover | undefined {
  const file = fileOf(context, uri);
  if (!file) return undefined;
  const edge = openEdge(context);
  const offset = edge.offset(file, position);
  const text = file.kind === "budget" ? hoverBudget(context, file, offset) : hoverTemplate(context, file, offset);
  return text && { contents: { kind: "markdown", value: text.markdown }, range: edge.range(file, text.span) };
}
