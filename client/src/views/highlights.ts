/** Where the words of a filter occur in a name, for its highlights: from left to right, none inside another, because editors repeat text that two share. */
export function highlightsOf(name: string, terms: readonly string[]): readonly (readonly [number, number])[] {
  const lower = name.toLowerCase();
  const found = terms.flatMap((term) => {
    const start = lower.indexOf(term);
    return start === -1 ? [] : [[start, start + term.length] as const];
  });
  found.sort(([a], [b]) => a - b);
  const apart: (readonly [number, number])[] = [];
  for (const [start, end] of found) {
    const [begun, until] = apart.at(-1) ?? [0, -1];
    if (start > until) apart.push([start, end]);
    else apart[apart.length - 1] = [begun, Math.max(until, end)];
  }
  return apart;
}
