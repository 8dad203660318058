import type { Place } from "../model.ts";

/** How far behind its key an assignment is looked for. */
const REACH = 20_000;

/** Where a parameter is assigned in one value of `parameter_overrides`. */
export type AssignmentPlaces = (name: string) => Place;

/**
 * Where names are assigned inside the text of `parameter_overrides` at `place`; the whole place for a name that is found twice
 * or not at all. The value is gone through once, however many names are asked for.
 */
export function assignmentPlaces(text: string, place: Place): AssignmentPlaces {
  let starts: ReadonlyMap<string, readonly number[]> | undefined;
  return (name) => {
    starts ??= assignmentsIn(regionOf(text, place));
    const [only, ...others] = starts.get(name) ?? [];
    if (only === undefined || others.length > 0) return place;
    const start = place.start + only;
    const rest = /^[^\s"'\\]+(?:\\?["'][^"'\\\n]*\\?["'])?/.exec(text.slice(start, start + 200))?.[0] ?? "";
    return { uri: place.uri, start, end: start + withoutClosing(rest).length };
  };
}

/** `Name=` and `ParameterKey=Name,` with quotes that may be escaped: the offsets at which each name is assigned. */
function assignmentsIn(region: string): ReadonlyMap<string, readonly number[]> {
  const starts = new Map<string, number[]>();
  const add = (name: string, start: number) => {
    const known = starts.get(name);
    if (known) known.push(start);
    else starts.set(name, [start]);
  };
  let long: { readonly start: number; readonly end: number } | undefined;
  for (const { 0: whole, 1: word = "", 2: sign, index } of region.matchAll(/([A-Za-z0-9]+)(?:\\?["'])?([=,])?/g)) {
    const end = index + whole.length;
    if (sign === "=") add(word, index);
    else if (sign === "," && long && isQuote(region.slice(long.end, index))) add(word, long.start);
    long = word === "ParameterKey" && sign === "=" ? { start: index, end } : undefined;
  }
  return starts;
}

function isQuote(text: string): boolean {
  return text.length <= 2 && /^(?:\\?["'])?$/.test(text);
}

function withoutClosing(text: string): string {
  let end = text.length;
  while (text[end - 1] === "," || text[end - 1] === "]") end--;
  return text.slice(0, end);
}

/** Where a text stands inside the value at `place`; the whole place when it is found twice or not at all. */
export function literalPlace(text: string, place: Place, literal: string): Place {
  const region = regionOf(text, place);
  const index = region.indexOf(literal);
  if (index < 0 || region.includes(literal, index + 1)) return place;
  const start = place.start + index;
  return { uri: place.uri, start, end: start + literal.length };
}

/** The text of a value. `place` of a TOML value ends with its key's first line: the value can go on behind it. */
function regionOf(text: string, place: Place): string {
  const end = place.uri.endsWith(".toml") ? endOfValue(text, place.start) : place.end;
  return text.slice(place.start, Math.max(place.end, end));
}

/** The next table header or key ends a TOML value, as does the end of the text. */
function endOfValue(text: string, start: number): number {
  const most = Math.min(start + REACH, text.length);
  for (let at = text.indexOf("\n", start); at >= 0 && at < most; at = text.indexOf("\n", at + 1)) {
    const end = text.indexOf("\n", at + 1);
    const line = text.slice(at + 1, end < 0 ? most : Math.min(end, most)).trimStart();
    if (/^\[[^\]]*\]\s*(?:#|$)/.test(line) || /^[A-Za-z0-9_-]+\s*=/.test(line)) return at;
  }
  return most;
}
