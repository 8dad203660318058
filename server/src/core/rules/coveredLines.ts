/** From the first character of a line to its line break. */
export interface Line {
  readonly start: number;
  readonly end: number;
}

/** A comment covers its own line, and when it stands alone the next line that is no comment. */
export class CoveredLines {
  readonly #text: string;
  /** What the comments above a content cover of it, by the start of a comment line above it. */
  readonly #below = new Map<number, readonly Line[]>();

  constructor(text: string) {
    this.#text = text;
  }

  /** The lines that a comment at `start` covers. Linear for all of a file together when asked from the last to the first. */
  coveredBy(start: number): readonly Line[] {
    const line = lineAt(this.#text, start);
    if (this.#text.slice(line.start, start).trim() !== "") return [line];
    const below = this.#contentBelow(line);
    this.#below.set(line.start, below);
    return [line, ...below];
  }

  #contentBelow(line: Line): readonly Line[] {
    let next = lineAfter(this.#text, line.end);
    while (next && /^\s*(#|\/\/)/.test(this.#text.slice(next.start, next.end))) {
      const known = this.#below.get(next.start);
      if (known) return known;
      next = lineAfter(this.#text, next.end);
    }
    if (!next) return [];
    // A value that stands below its key (`Fn::If: […]`) belongs to the key's line.
    const value = opensValue(this.#text.slice(next.start, next.end)) ? lineAfter(this.#text, next.end) : undefined;
    return value ? [next, value] : [next];
  }
}

/** Does a line end with a colon, a comment behind it left aside? */
function opensValue(line: string): boolean {
  return line.trimEnd().endsWith(":") || /:\s*#/.test(line);
}

function lineAt(text: string, offset: number): Line {
  const end = text.indexOf("\n", offset);
  return { start: text.lastIndexOf("\n", offset - 1) + 1, end: end < 0 ? text.length : end };
}

function lineAfter(text: string, end: number): Line | undefined {
  return end < text.length ? lineAt(text, end + 1) : undefined;
}
