/**
 * The two spellings of `parameter_overrides` inside one string, as SAM CLI reads them (samcli/cli/types.py). Both are searched
 * for, not parsed: what fits neither is skipped, and when the long spelling is found anywhere, short ones beside it are ignored.
 */
const LONG = /ParameterKey=([A-Za-z0-9"']+),ParameterValue=/g;
const SHORT = / ([A-Za-z0-9"']+)=/g;
const VALUE = /^(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?:\\.|[^ "\\])+)/;

/** An assignment found in a string; later ones win. */
export interface Assignment {
  readonly name: string;
  readonly value: string;
}

/**
 * `A=1 B='x y'` or `ParameterKey=A,ParameterValue=1 …` as assignments in their order; undefined when neither spelling is found,
 * which SAM CLI refuses.
 */
export function readOverrideText(text: string): readonly Assignment[] | undefined {
  const searched = ` ${text.trim()}`;
  for (const opening of [LONG, SHORT]) {
    const found = assignments(searched, opening);
    if (found.length > 0) return found;
  }
  return undefined;
}

/**
 * One `KEY=VALUE` as a command line passes it, or several in the spellings of samconfig; undefined when it is neither. A value
 * may hold blanks and quotes as they are, unless what follows a blank reads like another assignment.
 */
export function readAssignments(text: string): readonly Assignment[] | undefined {
  const equals = text.indexOf("=");
  const value = text.slice(equals + 1);
  const isLong = text.startsWith("ParameterKey=");
  if (equals > 0 && !isLong && !/\s["']?[A-Za-z0-9]+["']?=/.test(value))
    return [{ name: text.slice(0, equals), value }];
  const searched = ` ${text.trim()}`;
  const found = assignments(searched, searched.includes("ParameterKey=") ? LONG : SHORT);
  return isWhole(searched, found) ? found : undefined;
}

/** Is the text nothing but these, with blanks between them? */
function isWhole(text: string, found: readonly Found[]): boolean {
  let end = 0;
  for (const { start, end: behind } of found) {
    if (!/^ +$/.test(text.slice(end, start))) return false;
    end = behind;
  }
  return found.length > 0 && end === text.length;
}

/** An assignment with where it stands. */
interface Found extends Assignment {
  readonly start: number;
  readonly end: number;
}

function assignments(text: string, opening: RegExp): readonly Found[] {
  const found: Found[] = [];
  let end = 0;
  for (const { 0: whole, 1: name = "", index } of text.matchAll(opening)) {
    // What looks like one inside a value is none.
    if (index < end) continue;
    const value = VALUE.exec(text.slice(index + whole.length))?.[0];
    if (value === undefined) continue;
    end = index + whole.length + value.length;
    found.push({ name: unquote(name), value: unquote(value), start: index + (whole.startsWith(" ") ? 1 : 0), end });
  }
  return found;
}

/** Takes one pair of quotes off and resolves the escapes that SAM CLI knows: blank and both quotes. */
function unquote(text: string): string {
  const first = text[0];
  const wrapped = (first === '"' || first === "'") && text.at(-1) === first;
  const inner = wrapped ? text.slice(1, -1) : text;
  return inner.replaceAll("\\ ", " ").replaceAll('\\"', '"').replaceAll("\\'", "'");
}
