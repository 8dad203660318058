/**
 * The two spellings of `parameter_overrides` inside one string, as SAM CLI reads them (samcli/cli/types.py). Both are searched
 * for, not parsed: what fits neither is skipped, and when the long spelling is found anywhere, short ones beside it are ignored.
 */
const VALUE = String.raw`("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|(?:\\.|[^ "\\])+)`;
const KEY = `([A-Za-z0-9"']+)`;
const LONG = `ParameterKey=${KEY},ParameterValue=${VALUE}`;
const SHORT = ` ${KEY}=${VALUE}`;

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
  for (const pattern of [LONG, SHORT]) {
    const found = [...searched.matchAll(new RegExp(pattern, "g"))];
    if (found.length > 0)
      return found.map(([, name = "", value = ""]) => ({ name: unquote(name), value: unquote(value) }));
  }
  return undefined;
}

/** A text in one spelling from beginning to end, with nothing beside it that would be skipped. */
const ALL_LONG = whole(LONG);
const ALL_SHORT = whole(`${KEY}=${VALUE}`);

function whole(one: string): RegExp {
  return new RegExp(`^(?:${one} +)*${one}$`);
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
  const trimmed = text.trim();
  const spelling = trimmed.includes("ParameterKey=") ? ALL_LONG : ALL_SHORT;
  return spelling.test(trimmed) ? readOverrideText(trimmed) : undefined;
}

/** Takes one pair of quotes off and resolves the escapes that SAM CLI knows: blank and both quotes. */
function unquote(text: string): string {
  const first = text[0];
  const wrapped = (first === '"' || first === "'") && text.at(-1) === first;
  const inner = wrapped ? text.slice(1, -1) : text;
  return inner.replaceAll("\\ ", " ").replaceAll('\\"', '"').replaceAll("\\'", "'");
}
