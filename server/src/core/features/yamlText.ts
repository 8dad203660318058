/** Words that YAML readers take for something else than text, in one version of YAML or another. */
const RESERVED = /^(?:y|n|yes|no|on|off|true|false|null|~|[-+]?[0-9.][0-9a-fA-Fxo_.:eE+-]*|\.inf|\.nan)$/i;

/** A text as a YAML scalar that reads back as the same text: plain when that is safe, else in double quotes. */
export function yamlScalar(text: string): string {
  const plain = /^[A-Za-z0-9_./][A-Za-z0-9_./*-]*$/.test(text) && !RESERVED.test(text) && !/^(?:---|\.\.\.)/.test(text);
  return plain ? text : JSON.stringify(text);
}

/** The line ending of a text: that of its first line. */
export function lineEnding(text: string): string {
  return /\r?\n/.exec(text)?.[0] ?? "\n";
}

/** Start of the line that holds an offset. */
export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf("\n", Math.max(0, offset) - 1) + 1;
}

/** End of the line that holds an offset, before its line ending. */
export function lineEnd(text: string, offset: number): number {
  const next = text.indexOf("\n", offset);
  const end = next < 0 ? text.length : next;
  return text[end - 1] === "\r" && end > offset ? end - 1 : end;
}

/** White space at the start of the line that holds an offset. */
export function indentOf(text: string, offset: number): string {
  const start = lineStart(text, offset);
  return /^[ \t]*/.exec(text.slice(start, lineEnd(text, start)))?.[0] ?? "";
}

/** Column of an offset: what stands before it in its line, as blanks. */
export function columnAsBlanks(text: string, offset: number): string {
  return text.slice(lineStart(text, offset), offset).replace(/[^\t]/g, " ");
}

/** The step of indentation that a text uses: the smallest indent of its first thousand lines, 2 blanks by default. */
export function indentStep(text: string): string {
  const indents = [...text.slice(0, 20_000).matchAll(/^( +)\S/gm)].map((match) => match[1]?.length ?? 2);
  const least = Math.min(...indents.filter((n) => n > 0), 8);
  return " ".repeat(indents.length > 0 ? Math.max(1, least) : 2);
}
