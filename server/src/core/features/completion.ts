import { type CompletionItem, CompletionItemKind, InsertTextFormat, type Range } from "vscode-languageserver-types";
import type { Span } from "../model.ts";
import type { SourceFile } from "../sources.ts";
import { isJson } from "./fixes/insertPair.ts";
import { lineEnd, lineStart, yamlScalar } from "./yamlText.ts";

/** Something that may be written at the cursor. */
export interface Choice {
  readonly label: string;
  readonly text: string;
  readonly kind: "key" | "function" | "stack" | "number" | "file" | "rule" | "word";
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
}

/** The word at the cursor and what surrounds it in its line. */
export interface Cursor {
  readonly offset: number;
  /** The word that a choice replaces. */
  readonly word: Span;
  /** The line up to the word. */
  readonly before: string;
  /** The line behind the word. */
  readonly after: string;
  /** The comment up to the cursor, when the cursor is in one. */
  readonly comment?: string;
}

/** What a choice may replace: everything but blanks, quotes and the signs of flow notation. */
const WORD = /[^\s"'{}[\],:#]/;

/** Looks at the line around an offset. */
export function cursorAt(file: SourceFile, offset: number): Cursor {
  const { text } = file;
  const lineFrom = lineStart(text, offset);
  const lineTo = Math.max(offset, lineEnd(text, offset));
  let start = offset;
  while (start > lineFrom && WORD.test(text[start - 1] ?? "")) start--;
  let end = offset;
  while (end < lineTo && WORD.test(text[end] ?? "")) end++;
  // A dash that starts a list item is not part of the word behind it.
  if (/^-+$/.test(text.slice(start, offset))) start = offset;
  // A quote that opens right before the word is replaced with it, and so is the one that closes it.
  const quote = /(?:^|[\s[{,:-])(["'])$/.exec(text.slice(lineFrom, start))?.[1];
  if (quote) start--;
  if (quote && text[end] === quote) end++;
  const before = text.slice(lineFrom, start);
  const cursor: Cursor = { offset, word: { start, end }, before, after: text.slice(end, lineTo) };
  const hash = commentStart(text.slice(lineFrom, offset), isJson(file));
  return hash < 0 ? cursor : { ...cursor, comment: text.slice(lineFrom + hash, offset) };
}

/** Where a comment starts in a line: a `#` (in JSON with comments `//`) at its start or behind a blank, outside of quotes. */
function commentStart(line: string, json: boolean): number {
  const sign = json ? "//" : "#";
  let quote = "";
  for (let i = 0; i < line.length; i++) {
    const char = line[i] ?? "";
    if (quote) {
      if (char === quote) quote = "";
    } else if ((char === '"' || char === "'") && /[\s:[{,-]/.test(line[i - 1] ?? " ")) quote = char;
    else if (line.startsWith(sign, i) && /\s/.test(line[i - 1] ?? " ")) return i;
  }
  return -1;
}

const kinds = {
  key: CompletionItemKind.Property,
  function: CompletionItemKind.Function,
  stack: CompletionItemKind.Module,
  number: CompletionItemKind.Value,
  file: CompletionItemKind.File,
  rule: CompletionItemKind.EnumMember,
  word: CompletionItemKind.Keyword,
} as const;

/** A choice as the editor takes it; the order of the choices is kept. */
export function asItem(choice: Choice, index: number, range: Range, typed: string): CompletionItem {
  const quote = /^["']/.exec(typed)?.[0] ?? "";
  const item: CompletionItem = {
    label: choice.label,
    kind: kinds[choice.kind],
    sortText: String(index).padStart(4, "0"),
    // A number that stands there is to be replaced, not to be begun: editors would hide what does not start like it.
    filterText: choice.kind === "number" && typed !== "" ? typed : quote + choice.label,
    insertTextFormat: InsertTextFormat.PlainText,
    textEdit: { range, newText: choice.text },
  };
  if (choice.detail) item.detail = choice.detail;
  if (choice.documentation) item.documentation = { kind: "markdown", value: choice.documentation };
  return item;
}

/** Choices with the same label once, the first of them. */
export function distinctChoices(choices: readonly Choice[], most: number): readonly Choice[] {
  const byLabel = new Map<string, Choice>();
  for (const choice of choices) if (!byLabel.has(choice.label)) byLabel.set(choice.label, choice);
  return [...byLabel.values()].slice(0, most);
}

/** Plain words as choices. */
export function words(all: readonly string[]): readonly Choice[] {
  return all.map((label) => ({ label, text: yamlScalar(label), kind: "word" }));
}
