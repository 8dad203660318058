import type { Place } from "../model.ts";

/** How far behind its key an assignment is looked for. */
const REACH = 20_000;

/**
 * Where `name` is assigned inside the text of `parameter_overrides` at `place`; the whole place when that is not certain.
 * `place` may end with the key's first line: a TOML value can go on behind it.
 */
export function assignmentPlace(text: string, place: Place, name: string): Place {
  if (!/^[A-Za-z0-9]+$/.test(name)) return place;
  const region = text.slice(place.start, Math.max(place.end, endOfValue(text, place.start)));
  const quote = String.raw`(?:\\?["'])?`;
  const pattern = `(?<![A-Za-z0-9])(?:${name}${quote}=|ParameterKey=${quote}${name}${quote},)`;
  const found = [...region.matchAll(new RegExp(pattern, "g"))];
  const [only] = found;
  if (!only || found.length > 1) return place;
  const start = place.start + only.index;
  const rest = /^[^\s"'\\]+(?:\\?["'][^"'\\\n]*\\?["'])?/.exec(text.slice(start, start + 200))?.[0] ?? only[0];
  return { uri: place.uri, start, end: start + rest.replace(/[,\]]+$/, "").length };
}

/** Where a text stands inside the value at `place`; the whole place when it is found twice or not at all. */
export function literalPlace(text: string, place: Place, literal: string): Place {
  const region = text.slice(place.start, Math.max(place.end, endOfValue(text, place.start)));
  const index = region.indexOf(literal);
  if (index < 0 || region.includes(literal, index + 1)) return place;
  const start = place.start + index;
  return { uri: place.uri, start, end: start + literal.length };
}

/** The next table header or key ends a TOML value, as does the end of the text. */
function endOfValue(text: string, start: number): number {
  const tail = text.slice(start, start + REACH);
  const next = /\n\s*(?:\[[^\]\n]*\]\s*(?:#[^\n]*)?(?:\r?\n|$)|[A-Za-z0-9_-]+\s*=)/.exec(tail);
  return start + (next ? next.index : tail.length);
}
