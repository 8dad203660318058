/** About so many characters fit in a line of a message. */
const width = 48;

/** How many lines a text takes in a message, at most. A window that is 700 pixels high has room for about 26, of which ten say what is common to all changes. */
export function linesOf(text: string): number {
  return Math.max(1, Math.ceil(text.length / width));
}

/**
 * The first texts that take no more lines than these together, and what `rest` says of the others; always one, if there is one.
 * @param rest given how many are shown
 */
export function fitting(texts: readonly string[], lines: number, rest: (shown: number) => string): readonly string[] {
  if (begin(texts, lines) === texts.length) return texts;
  const shown = begin(texts, lines - 1);
  return [...texts.slice(0, shown), rest(shown)];
}

/** How many texts fit, at least the first. */
function begin(texts: readonly string[], lines: number): number {
  let taken = 0;
  const end = texts.findIndex((text, index) => {
    taken += linesOf(text);
    return taken > lines && index > 0;
  });
  return end < 0 ? texts.length : end;
}
