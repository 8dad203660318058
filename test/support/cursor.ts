/** A text with a `|` where the cursor is, without it. */
export interface Marked {
  readonly text: string;
  readonly offset: number;
  /** As the language server protocol counts: from 0, in UTF-16 units. */
  readonly position: { readonly line: number; readonly character: number };
}

/** Takes the cursor out of a text that has exactly one `|`. */
export function readCursor(marked: string): Marked {
  const offset = marked.indexOf("|");
  if (offset < 0 || marked.indexOf("|", offset + 1) >= 0)
    throw new Error("The text needs exactly one | for the cursor.");
  const lines = marked.slice(0, offset).split("\n");
  const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
  return { text: marked.slice(0, offset) + marked.slice(offset + 1), offset, position };
}
