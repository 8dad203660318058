/** What every terminal shows in one line. */
const WIDTH = 80;

/** Lines of at most 80 columns; lines that are indented, such as examples, and empty ones stay as they are. */
export function wrapParagraphs(text: string): string {
  const blocks: { text: string; fixed: boolean }[] = [];
  for (const line of text.split("\n")) {
    const last = blocks.at(-1);
    const fixed = line === "" || line.startsWith(" ");
    if (last === undefined || fixed || last.fixed) blocks.push({ text: line, fixed });
    else last.text += ` ${line}`;
  }
  return blocks.map((block) => (block.fixed ? block.text : wrapped(block.text, WIDTH).join("\n"))).join("\n");
}

/** Rows of a term and its explanation, which is wrapped in a column of its own. */
export function wrapRows(rows: readonly (readonly [string, string])[]): string {
  const column = Math.max(...rows.map(([term]) => term.length)) + 2;
  return rows
    .flatMap(([term, text]) =>
      wrapped(text, WIDTH - column).map((line, index) => (index === 0 ? term : "").padEnd(column) + line),
    )
    .join("\n");
}

function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
