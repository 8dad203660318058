import type { Change } from "#core/syntax/reparse.ts";

/** A small deterministic generator (mulberry32): the same seed gives the same numbers in [0, 1). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const TYPED = [
  "a",
  "5",
  " ",
  "  ",
  "\n",
  "\n  ",
  ":",
  ": ",
  "- ",
  '"',
  "'",
  "[",
  "]",
  "{",
  "}",
  ",",
  "#",
  " #",
  "&x ",
  "*x",
  "!Ref ",
  "|",
  "\t",
  "---\n",
  "?",
  "<<: ",
];

/** Edits as a person makes them: characters typed, pieces and lines deleted or doubled. Each applies to the text the ones before it left. */
export function* randomEdits(text: string, seed: number, count: number): Generator<Change> {
  const next = random(seed);
  let current = text;
  for (let i = 0; i < count; i++) {
    const change = randomEdit(current, next);
    current = current.slice(0, change.start) + change.text + current.slice(change.end);
    yield change;
  }
}

function randomEdit(text: string, next: () => number): Change {
  const start = Math.floor(next() * (text.length + 1));
  const kind = next();
  if (kind < 0.5) return { start, end: start, text: TYPED[Math.floor(next() * TYPED.length)] as string };
  if (kind < 0.7) return { start, end: Math.min(text.length, start + 1 + Math.floor(next() * 4)), text: "" };
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const lineEnd = text.indexOf("\n", start);
  const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd + 1);
  if (kind < 0.8) return { start: lineStart, end: lineStart + line.length, text: "" };
  if (kind < 0.9) return { start: lineStart, end: lineStart, text: line };
  return { start, end: Math.min(text.length, start + 1), text: String(Math.floor(next() * 1000)) };
}
