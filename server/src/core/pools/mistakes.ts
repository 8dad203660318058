import type { Place, Uri } from "../model.ts";
import type { SourceFile, Sources } from "../sources.ts";

/** The first thing in a template's text that cannot be read: what stands behind it may be missing from the count. */
export interface Mistake {
  readonly place: Place;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
  readonly message: string;
  /** How many there are in all. */
  readonly count: number;
}

/** The first mistake in the text of a file; undefined when it can be read from beginning to end. */
export function mistakeIn(uri: Uri, sources: Sources): Mistake | undefined {
  const file = sources.get(uri);
  return "error" in file ? undefined : firstMistake(file);
}

/** The first mistake of a file that was read. */
export function firstMistake(file: SourceFile): Mistake | undefined {
  const problems = file.problems ?? file.tree.problems;
  const [first] = problems;
  if (!first) return undefined;
  const { start, end, message } = first;
  const lines = file.text.slice(0, start).split(/\r\n|\r|\n/);
  const column = (lines.at(-1)?.length ?? 0) + 1;
  return { place: { uri: file.uri, start, end }, line: lines.length, column, message, count: problems.length };
}
