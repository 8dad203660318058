/** The text of a TypeScript file with comments and the words of strings left out, line by line; what a template literal computes stays. */
export function codeOf(text: string): string {
  let out = "";
  let at = 0;
  /** Leaves out what is between `at` and `end`, but for the ends of its lines. */
  const skip = (end: number) => {
    out += text.slice(at, end).replaceAll(/[^\n]/g, "");
    at = end;
  };
  const template = () => {
    at++;
    while (at < text.length && text[at] !== "`") {
      if (text.startsWith("${", at)) {
        out += " (";
        at += 2;
        code("}");
        out += ") ";
        at++;
      } else skip(at + (text[at] === "\\" ? 2 : 1));
    }
    at++;
  };
  const code = (until?: string) => {
    let depth = 0;
    while (at < text.length) {
      const char = text[at] ?? "";
      if (char === until && depth === 0) return;
      if (char === "{") depth++;
      if (char === "}") depth--;
      const words = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\/\/.*|\/\*[\s\S]*?\*\//y;
      words.lastIndex = at;
      const found = words.exec(text)?.[0];
      if (found !== undefined) {
        out += found.startsWith("/") ? "" : '""';
        skip(at + found.length);
      } else if (char === "`") {
        out += '"';
        template();
        out += '"';
      } else {
        out += char;
        at++;
      }
    }
  };
  code();
  return out;
}
