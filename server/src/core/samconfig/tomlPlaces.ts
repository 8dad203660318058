import type { Place, Span, Uri } from "../model.ts";

/** Finds where a path of keys stands in a TOML text: TOML readers give no positions. */
export type PlaceOf = (path: readonly string[]) => Place;

/**
 * Scans the text line by line for table headers and keys. Cautious: a path that is found twice or not at all gets the place of
 * its nearest parent, in the end the start of the file.
 */
export function tomlPlaces(uri: Uri, text: string): PlaceOf {
  const spans = scan(text);
  return (path) => {
    for (let length = path.length; length > 0; length--) {
      const span = spans.get(pathKey(path.slice(0, length)));
      if (span) return { uri, start: span.start, end: span.end };
    }
    return { uri, start: 0, end: 0 };
  };
}

const WORD = /[A-Za-z0-9_-]+|"[^"\\\n]*"|'[^'\n]*'/g;
const HEADER =
  /^\s*\[\s*((?:[A-Za-z0-9_-]+|"[^"\\\n]*"|'[^'\n]*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"\\\n]*"|'[^'\n]*'))*)\s*\]\s*(?:#.*)?$/;
const KEY = /^\s*((?:[A-Za-z0-9_-]+|"[^"\\\n]*"|'[^'\n]*')(?:\s*\.\s*(?:[A-Za-z0-9_-]+|"[^"\\\n]*"|'[^'\n]*'))*)\s*=/;

function scan(text: string): ReadonlyMap<string, Span> {
  const spans = new Map<string, Span>();
  const ambiguous = new Set<string>();
  let table: readonly string[] = [];
  let closing: string | undefined;
  let start = 0;
  for (const line of text.split("\n")) {
    const end = start + line.trimEnd().length;
    const header = closing === undefined ? HEADER.exec(line) : null;
    const key = closing === undefined && !header ? KEY.exec(line) : null;
    if (header) table = words(header[1] ?? "");
    const path = header ? table : key ? [...table, ...words(key[1] ?? "")] : undefined;
    if (path) {
      const id = pathKey(path);
      if (spans.has(id)) ambiguous.add(id);
      spans.set(id, { start: start + line.length - line.trimStart().length, end });
    }
    closing = closingAfter(line, closing);
    start += line.length + 1;
  }
  for (const id of ambiguous) spans.delete(id);
  return spans;
}

/** Whether a multi-line string is still open behind this line, and what would close it. */
function closingAfter(line: string, open: string | undefined): string | undefined {
  let closing = open;
  for (const [quotes] of line.matchAll(/"""|'''/g)) {
    if (closing === undefined) closing = quotes;
    else if (closing === quotes) closing = undefined;
  }
  return closing;
}

function words(dotted: string): readonly string[] {
  return [...dotted.matchAll(WORD)].map(([word]) => word.replaceAll(/^["']|["']$/g, ""));
}

function pathKey(path: readonly string[]): string {
  return path.join("\0");
}
