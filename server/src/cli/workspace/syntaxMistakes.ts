import { faultSentence, type SourceFile, type Sources, type Uri } from "#core";
import type { Inputs } from "../inputs.ts";
import { openLocator, type Range } from "../locate.ts";

/** The inputs with what is said of files that a bug of ours strikes on. */
export function withFaults(inputs: Inputs, broken: ReadonlyMap<Uri, unknown>): Inputs {
  if (broken.size === 0) return inputs;
  const named = inputs.named.map((file) =>
    broken.has(file.uri) ? { ...file, error: faultSentence(broken.get(file.uri)) } : file,
  );
  const faults = Array.from(broken, ([uri, error]) => ({ uri, error: faultSentence(error) }));
  return { ...inputs, named, unreadable: [...inputs.unreadable, ...faults] };
}

/** The first mistake in the text of a file. */
export interface SyntaxMistake {
  /** A sentence with line and column. */
  readonly error: string;
  readonly errorRange: Range;
}

/** What is wrong with the text of a file; undefined when nothing is. */
export function syntaxMistake(file: SourceFile, sources: Sources): SyntaxMistake | undefined {
  const problems = file.problems ?? file.tree.problems;
  const [first] = problems;
  if (!first) return undefined;
  const errorRange = openLocator(sources).range({ uri: file.uri, start: first.start, end: first.end });
  const { line, character } = errorRange.start;
  const more = problems.length === 1 ? "" : ` (and ${problems.length - 1} more)`;
  return { error: `Line ${line + 1}, column ${character + 1}: ${first.message}${more}`, errorRange };
}
