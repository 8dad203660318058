import { suggest } from "#core";

/** The candidate that `word` was probably meant to be: one that begins with it, else the nearest spelling. */
export function closest(word: string, candidates: readonly string[]): string | undefined {
  const beginning = word.length > 2 ? candidates.filter((candidate) => candidate.startsWith(word)) : [];
  return beginning.length === 1 ? beginning[0] : suggest(word, candidates);
}
