/** Where the words of a filter occur in a name, for its highlights. */
export function matches(name: string, terms: readonly string[]): readonly (readonly [number, number])[] {
  const lower = name.toLowerCase();
  const found = terms.flatMap((term) => {
    const start = lower.indexOf(term);
    return start === -1 ? [] : [[start, start + term.length] as const];
  });
  return found.sort(([a], [b]) => a - b);
}
