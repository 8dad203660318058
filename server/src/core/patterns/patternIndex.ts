import { matchesWildcard } from "./wildcard.ts";

/** Patterns by what stands before their first `*`, so that a text is compared with few of them. */
export class PatternIndex<T> {
  /** By prefix: ranks and patterns, best first. */
  readonly #byPrefix = new Map<string, { readonly rank: number; readonly pattern: string; readonly value: T }[]>();
  readonly #lengths: readonly number[];

  /** @param patterns best first */
  constructor(patterns: readonly (readonly [pattern: string, value: T])[]) {
    patterns.forEach(([pattern, value], rank) => {
      const prefix = pattern.slice(0, pattern.indexOf("*"));
      const same = this.#byPrefix.get(prefix);
      if (same) same.push({ rank, pattern, value });
      else this.#byPrefix.set(prefix, [{ rank, pattern, value }]);
    });
    this.#lengths = [...new Set([...this.#byPrefix.keys()].map((prefix) => prefix.length))];
  }

  /** The best pattern that matches the whole text. */
  find(text: string): T | undefined {
    let best: { readonly rank: number; readonly value: T } | undefined;
    for (const length of this.#lengths) {
      if (length > text.length) continue;
      for (const candidate of this.#byPrefix.get(text.slice(0, length)) ?? []) {
        if (best && candidate.rank > best.rank) break;
        if (!matchesWildcard(candidate.pattern, text)) continue;
        best = candidate;
        break;
      }
    }
    return best?.value;
  }
}
