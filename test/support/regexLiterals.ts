/** A regular expression as it is written in a source. */
export interface RegexLiteral {
  readonly source: string;
  readonly flags: string;
  /** 1-based. */
  readonly line: number;
}

/** What may stand before a regular expression; behind anything else a slash divides. */
const BEFORE = /^(?:[(,=:[!&|?{};+>]|return|)$/;

/** The regular expressions of a TypeScript source that is formatted as ours are. */
export function regexLiterals(text: string): readonly RegexLiteral[] {
  const found: RegexLiteral[] = [];
  /** Open braces; a template's is "t". */
  const open: string[] = [];
  let before = "";
  let at = 0;
  while (at < text.length) {
    const char = text[at] as string;
    if (text.startsWith("//", at)) at = end(text, "\n", at);
    else if (text.startsWith("/*", at)) at = end(text, "*/", at + 2);
    else if (char === '"' || char === "'") {
      at = closing(text, char, at + 1) + 1;
      before = '"';
    } else if (char === "`" || (char === "}" && open.at(-1) === "t")) {
      if (char === "}") open.pop();
      at = templateEnd(text, at + 1);
      if (text[at - 1] === "{") open.push("t");
      before = text[at - 1] === "{" ? "{" : '"';
    } else if (char === "/" && BEFORE.test(before)) {
      const close = regexEnd(text, at + 1);
      const flags = /^[a-z]*/.exec(text.slice(close + 1, close + 12))?.[0] ?? "";
      found.push({ source: text.slice(at + 1, close), flags, line: text.slice(0, at).split("\n").length });
      at = close + 1 + flags.length;
      before = "x";
    } else {
      const word = /^[\w$]+/.exec(text.slice(at, at + 80))?.[0];
      if (char === "{") open.push("{");
      else if (char === "}") open.pop();
      if (char.trim() !== "") before = word ?? char;
      at += word?.length ?? 1;
    }
  }
  return found;
}

function end(text: string, closing: string, from: number): number {
  const found = text.indexOf(closing, from);
  return found < 0 ? text.length : found + closing.length;
}

function closing(text: string, quote: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== quote) at += text[at] === "\\" ? 2 : 1;
  return at;
}

/** Behind the closing backtick, or behind the `${` of what is put in. */
function templateEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    if (text[at] === "`") return at + 1;
    if (text.startsWith("${", at)) return at + 2;
    at += text[at] === "\\" ? 2 : 1;
  }
  return at;
}

function regexEnd(text: string, from: number): number {
  let inClass = false;
  let at = from;
  while (at < text.length && (inClass || text[at] !== "/")) {
    if (text[at] === "[") inClass = true;
    else if (text[at] === "]") inClass = false;
    at += text[at] === "\\" ? 2 : 1;
  }
  return at;
}
