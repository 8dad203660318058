/** What may become of a text while somebody works on it, each at a random place. */
const mutations: readonly ((text: string, next: () => number) => string)[] = [
  // Cut off.
  (text, next) => text.slice(0, Math.floor(next() * text.length)),
  // A line missing.
  (text, next) => {
    const [start, end] = lineAt(text, next);
    return text.slice(0, start) + text.slice(end);
  },
  // A line twice.
  (text, next) => {
    const [start, end] = lineAt(text, next);
    return text.slice(0, end) + text.slice(start, end) + text.slice(end);
  },
  // Another character.
  (text, next) => {
    const at = Math.floor(next() * text.length);
    return text.slice(0, at) + strayCharacter(next) + text.slice(at + 1);
  },
  // A stray character.
  (text, next) => {
    const at = Math.floor(next() * (text.length + 1));
    return text.slice(0, at) + strayCharacter(next) + text.slice(at);
  },
  // A piece missing.
  (text, next) => {
    const at = Math.floor(next() * text.length);
    return text.slice(0, at) + text.slice(at + 1 + Math.floor(next() * 60));
  },
  // An indentation moved.
  (text, next) => {
    const [start] = lineAt(text, next);
    return next() < 0.5
      ? `${text.slice(0, start)}  ${text.slice(start)}`
      : text.slice(0, start) + text.slice(start + 2);
  },
];

const STRAY = "{}[]:-#'\"&*!|>%@`?,\t\n\r0a \u00a0\ufeff\ud83d";

function strayCharacter(next: () => number): string {
  return STRAY[Math.floor(next() * STRAY.length)] as string;
}

/** Start and end of a line, line break included. */
function lineAt(text: string, next: () => number): readonly [number, number] {
  const at = Math.floor(next() * text.length);
  const end = text.indexOf("\n", at);
  return [text.lastIndexOf("\n", at - 1) + 1, end < 0 ? text.length : end + 1];
}

/** One change, mostly; sometimes several. `next` gives random numbers in [0, 1). */
export function mutate(text: string, next: () => number): string {
  let mutated = text;
  do {
    const mutation = mutations[Math.floor(next() * mutations.length)] as (typeof mutations)[number];
    mutated = mutation(mutated, next);
  } while (next() < 0.25);
  return mutated;
}
