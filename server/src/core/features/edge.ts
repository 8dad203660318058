import { TextDocument } from "vscode-languageserver-textdocument";
import type { Location, Position, Range, TextEdit, WorkspaceEdit } from "vscode-languageserver-types";
import { groupBy } from "../groupBy.ts";
import type { Place, Span, Uri } from "../model.ts";
import type { SourceFile } from "../sources.ts";
import type { FeatureContext } from "./context.ts";

/** A replacement of a span of one file. */
export interface Edit extends Span {
  readonly uri: Uri;
  readonly text: string;
}

/** The edge between offsets (inside) and lines and characters (outside), for the length of one request. */
export interface Edge {
  offset(file: SourceFile, position: Position): number;
  position(file: SourceFile, offset: number): Position;
  range(file: SourceFile, span: Span): Range;
  /** Undefined when the file cannot be read. */
  location(place: Place): Location | undefined;
  /** Undefined when one of the files cannot be read. */
  workspaceEdit(edits: readonly Edit[]): WorkspaceEdit | undefined;
}

/** The file behind a URI, or undefined when it cannot be read. */
export function fileOf(context: FeatureContext, uri: Uri): SourceFile | undefined {
  const found = context.sources.get(uri);
  return "tree" in found ? found : undefined;
}

/** Opens the edge: line tables are made once per file and request. */
export function openEdge(context: FeatureContext): Edge {
  const documents = new Map<Uri, TextDocument>();
  const documentOf = (file: SourceFile): TextDocument => {
    const known = documents.get(file.uri);
    if (known) return known;
    const made = TextDocument.create(file.uri, "", 0, file.text);
    documents.set(file.uri, made);
    return made;
  };
  const range = (file: SourceFile, span: Span): Range => {
    const document = documentOf(file);
    return { start: document.positionAt(span.start), end: document.positionAt(span.end) };
  };
  return {
    offset: (file, position) => documentOf(file).offsetAt(position),
    position: (file, offset) => documentOf(file).positionAt(offset),
    range,
    location: (place) => {
      const text = textFile(context, place.uri);
      return text && { uri: place.uri, range: range(text, place) };
    },
    workspaceEdit: (edits) => {
      const byFile = new Map<Uri, TextEdit[]>();
      for (const [uri, ofFile] of groupBy(edits, (edit) => edit.uri)) {
        const file = textFile(context, uri);
        if (!file) return undefined;
        const asTextEdit = (edit: Edit) => ({ range: range(file, edit), newText: edit.text });
        byFile.set(uri, ofFile.map(asTextEdit));
      }
      return asWorkspaceEdit(context, byFile);
    },
  };
}

/** Places can also lie in files that are not YAML (samconfig.toml). */
function textFile(context: FeatureContext, uri: Uri): SourceFile | undefined {
  const parsed = isYamlOrJson(uri) ? fileOf(context, uri) : undefined;
  if (parsed) return parsed;
  const raw = context.sources.text(uri);
  if (!("text" in raw)) return undefined;
  const tree = { documents: [], problems: [], comments: [], anchored: false, recovered: false };
  return { uri, text: raw.text, kind: "other", tree };
}

function isYamlOrJson(uri: Uri): boolean {
  return !uri.endsWith(".toml");
}

function asWorkspaceEdit(context: FeatureContext, byFile: ReadonlyMap<Uri, TextEdit[]>): WorkspaceEdit {
  if (context.options.documentChanges === false) return { changes: Object.fromEntries(byFile) };
  const versionOf = context.options.versionOf ?? (() => null);
  const documentChanges = [...byFile].map(([uri, edits]) => ({
    textDocument: { uri, version: versionOf(uri) },
    edits,
  }));
  return { documentChanges };
}
