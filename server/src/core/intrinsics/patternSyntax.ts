/** A regular expression as a tree. */
export type Pattern =
  | { readonly kind: "take"; readonly takes: Takes }
  | { readonly kind: "start" | "end" }
  | { readonly kind: "sequence" | "either"; readonly parts: readonly Pattern[] }
  | { readonly kind: "repeat"; readonly part: Pattern; readonly min: number; readonly max: number | undefined };

type Takes = (code: number) => boolean;

/** Repeated more often than this, and nested deeper, is not judged. */
const maxRepeat = 1_000;
const maxNesting = 50;

/** Thrown and caught here only: something that this reader does not know. */
class Unfamiliar extends Error {}

/**
 * Reads the part of Java's regular expressions (CloudFormation's) that means the same everywhere: characters, classes, groups,
 * alternatives, greedy and reluctant repetition, `^` and `$`. Undefined for anything else: lookarounds, references, flags, named
 * groups, possessive repetition, Unicode classes, classes within classes.
 */
export function readPattern(text: string): Pattern | undefined {
  const reader: Reader = { characters: [...text], at: 0, depth: 0 };
  try {
    const pattern = readAlternatives(reader);
    return reader.at === reader.characters.length ? pattern : undefined;
  } catch (error) {
    if (error instanceof Unfamiliar) return undefined;
    throw error;
  }
}

interface Reader {
  readonly characters: readonly string[];
  at: number;
  depth: number;
}

function readAlternatives(reader: Reader): Pattern {
  if (++reader.depth > maxNesting) throw new Unfamiliar();
  const parts = [readSequence(reader)];
  while (accept(reader, "|")) parts.push(readSequence(reader));
  reader.depth--;
  return parts.length === 1 ? (parts[0] as Pattern) : { kind: "either", parts };
}

function readSequence(reader: Reader): Pattern {
  const parts: Pattern[] = [];
  for (let next = peek(reader); next !== undefined && next !== "|" && next !== ")"; next = peek(reader)) {
    parts.push(readRepeated(reader));
  }
  return { kind: "sequence", parts };
}

function readRepeated(reader: Reader): Pattern {
  const part = readOne(reader);
  const times = readTimes(reader);
  if (!times) return part;
  // A reluctant repetition matches the same whole texts; a possessive one does not, and `a**` is none.
  accept(reader, "?");
  if (["*", "+", "?", "{"].includes(peek(reader) ?? "")) throw new Unfamiliar();
  return { kind: "repeat", part, ...times };
}

function readTimes(reader: Reader): { readonly min: number; readonly max: number | undefined } | undefined {
  if (accept(reader, "*")) return { min: 0, max: undefined };
  if (accept(reader, "+")) return { min: 1, max: undefined };
  if (accept(reader, "?")) return { min: 0, max: 1 };
  if (!accept(reader, "{")) return undefined;
  const min = readNumber(reader);
  const max = accept(reader, ",") ? (peek(reader) === "}" ? undefined : readNumber(reader)) : min;
  if (!accept(reader, "}") || (max !== undefined && max < min)) throw new Unfamiliar();
  return { min, max };
}

function readNumber(reader: Reader): number {
  let digits = "";
  while (/^\d$/.test(peek(reader) ?? "")) digits += take(reader);
  if (digits === "" || digits.length > 4 || Number(digits) > maxRepeat) throw new Unfamiliar();
  return Number(digits);
}

function readOne(reader: Reader): Pattern {
  const character = take(reader);
  switch (character) {
    case "^":
      return { kind: "start" };
    case "$":
      return { kind: "end" };
    case ".":
      return { kind: "take", takes: (code) => !lineEnds.has(code) };
    case "(": {
      if (accept(reader, "?") && !accept(reader, ":")) throw new Unfamiliar();
      const group = readAlternatives(reader);
      if (!accept(reader, ")")) throw new Unfamiliar();
      return group;
    }
    case "[":
      return { kind: "take", takes: readClass(reader) };
    case "\\":
      return { kind: "take", takes: readEscape(reader) };
    case "*":
    case "+":
    case "?":
    case "{":
      throw new Unfamiliar();
    default:
      return { kind: "take", takes: only(character) };
  }
}

/** What Java's `.` does not match. */
const lineEnds: ReadonlySet<number> = new Set([0x0a, 0x0d, 0x85, 0x2028, 0x2029]);

function readClass(reader: Reader): Takes {
  const negated = accept(reader, "^");
  const members: Takes[] = [];
  while (!(peek(reader) === "]" && members.length > 0)) {
    // Java's classes within classes and intersections; a `]` in front is read differently from one engine to the next.
    if (["[", "]"].includes(peek(reader) ?? "") || startsWith(reader, "&&")) throw new Unfamiliar();
    members.push(readMember(reader));
  }
  take(reader);
  return (code) => members.some((takes) => takes(code)) !== negated;
}

function readMember(reader: Reader): Takes {
  const first = readLiteral(reader);
  if (typeof first !== "string") return first;
  const isRange = peek(reader) === "-" && reader.characters[reader.at + 1] !== "]";
  if (!isRange) return only(first);
  take(reader);
  if (peek(reader) === "[") throw new Unfamiliar();
  const last = readLiteral(reader);
  if (typeof last !== "string") throw new Unfamiliar();
  const [low, high] = [codeOf(first), codeOf(last)];
  if (high < low) throw new Unfamiliar();
  return (code) => low <= code && code <= high;
}

/** A character of a class, or what a class in it (`\d`) takes. */
function readLiteral(reader: Reader): string | Takes {
  const character = take(reader);
  if (character !== "\\") return character;
  const escaped = peek(reader) ?? "";
  return /^[^A-Za-z0-9]$/u.test(escaped) ? take(reader) : readEscape(reader);
}

const digit: Takes = (code) => 48 <= code && code <= 57;
const space: Takes = (code) => code === 32 || (9 <= code && code <= 13);
const word: Takes = (code) => digit(code) || (65 <= code && code <= 90) || (97 <= code && code <= 122) || code === 95;
const not =
  (takes: Takes): Takes =>
  (code) =>
    !takes(code);

const escapes: Readonly<Record<string, Takes>> = {
  d: digit,
  D: not(digit),
  s: space,
  S: not(space),
  w: word,
  W: not(word),
  t: only("\t"),
  n: only("\n"),
  r: only("\r"),
  f: only("\f"),
};

function readEscape(reader: Reader): Takes {
  const character = take(reader);
  const known = escapes[character];
  if (known) return known;
  if (/^[A-Za-z0-9]$/.test(character)) throw new Unfamiliar();
  return only(character);
}

function only(character: string): Takes {
  const wanted = codeOf(character);
  return (code) => code === wanted;
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

function peek(reader: Reader): string | undefined {
  return reader.characters[reader.at];
}

function take(reader: Reader): string {
  const character = peek(reader);
  if (character === undefined) throw new Unfamiliar();
  reader.at++;
  return character;
}

function accept(reader: Reader, character: string): boolean {
  if (peek(reader) !== character) return false;
  reader.at++;
  return true;
}

function startsWith(reader: Reader, text: string): boolean {
  return [...text].every((character, i) => reader.characters[reader.at + i] === character);
}
