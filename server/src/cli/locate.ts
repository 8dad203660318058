import type { Place, Sources, Uri } from "#core";

/** 0-based line and UTF-16 character, as the language server protocol counts. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Half-open. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Turns offsets into lines and characters; the only place of the command line that does. */
export interface Locator {
  range(place: Place): Range;
  /** One line without its line break; "" when the file cannot be read. */
  line(uri: Uri, line: number): string;
}

interface Lines {
  readonly text: string;
  /** Offset of the first character of each line. */
  readonly starts: readonly number[];
}

/** Line tables are made once per file, for the files that something is reported about. */
export function openLocator(sources: Sources): Locator {
  const known = new Map<Uri, Lines>();
  const linesOf = (uri: Uri): Lines => {
    const before = known.get(uri);
    if (before) return before;
    const read = sources.text(uri);
    const lines = splitLines("text" in read ? read.text : "");
    known.set(uri, lines);
    return lines;
  };
  return {
    range(place) {
      const lines = linesOf(place.uri);
      return { start: positionAt(lines, place.start), end: positionAt(lines, place.end) };
    },
    line(uri, line) {
      const { text, starts } = linesOf(uri);
      return text.slice(starts[line] ?? text.length, starts[line + 1] ?? text.length).replace(/(?:\r\n|\n|\r)$/, "");
    },
  };
}

function splitLines(text: string): Lines {
  return { text, starts: [0, ...Array.from(text.matchAll(/\r\n|\n|\r/g), (found) => found.index + found[0].length)] };
}

function positionAt({ text, starts }: Lines, offset: number): Position {
  const bounded = Math.min(Math.max(0, offset), text.length);
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= bounded) low = middle;
    else high = middle;
  }
  return { line: low, character: bounded - (starts[low] ?? 0) };
}
