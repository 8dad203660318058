/** Characters that take two columns in a terminal: East Asian wide ones and pictures. */
const wide =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;
const combining = /\p{Mn}|\p{Me}|[\u200b-\u200d]|\ufe0e|\ufe0f/u;

/** How many columns a text takes in a terminal. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += combining.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return width;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is replaced
const steering = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** What CI services take for a command: `::name::` at the start of a line (GitHub), `##[name]` and `##vso[name]` anywhere. */
const ciCommand = /^(?=\s*::)|(?<=#)(?=#(?:vso)?\[)/g;

/**
 * The text in one line, without control characters and direction overrides: a template must not steer the reader's terminal, or
 * the CI service that reads the log.
 */
export function printable(text: string): string {
  return text.replace(steering, "\ufffd").replace(ciCommand, "\ufffd");
}

/** Fills up with blanks to a width in columns. */
export function pad(text: string, width: number, align: "left" | "right" = "left"): string {
  const blanks = " ".repeat(Math.max(0, width - displayWidth(text)));
  return align === "left" ? text + blanks : blanks + text;
}

/** Rows of cells as lines with aligned columns, two blanks between them. */
export function alignColumns(rows: readonly (readonly string[])[], right: ReadonlySet<number>): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, displayWidth(cell));
  }
  return rows.map((row) =>
    row
      .map((cell, i) => pad(cell, widths[i] ?? 0, right.has(i) ? "right" : "left"))
      .join("  ")
      .trimEnd(),
  );
}
