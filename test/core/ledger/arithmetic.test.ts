import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";

const root = path.join(import.meta.dirname, "../../..");

/** The quantities of a pool: `unreserved`, `plan.unreservedAfter`, `state.floor`; `floor(…)` and keys are none. */
const names = String.raw`\b(?:unreserved\w*|floor|limit|headroom|claimed)\b(?!\s*[(:])`;
const fallback = String.raw`(?: \?\? [\w.]+)?\)?`;
const refused = new RegExp(
  [
    `${names}${fallback}\\s+[-+]\\s+[\\w(]`,
    String.raw`[\w)\]]\s+[-+]\s+\(*(?:[\w$]+\??\.)*` + names,
    `${names}\\s*[-+]=`,
  ].join("|"),
);

/** Lines of a text that add or subtract a quantity of a pool. */
function arithmetic(text: string): readonly number[] {
  return codeOf(text)
    .split("\n")
    .flatMap((line, index) => (refused.test(line) ? [index + 1] : []));
}

test("limit, floor and what is unreserved are added and subtracted in the ledger alone", () => {
  const files = globSync("{server,client,client/webview}/src/**/*.ts", { cwd: root }).map((file) =>
    file.replaceAll("\\", "/"),
  );
  // The demo account is a second opinion on the ledger, and the load generator counts requests.
  const others = files.filter((file) => !/^server\/src\/(core\/ledger|demo|load)\//.test(file));
  const found = others.flatMap((file) =>
    arithmetic(readFileSync(path.join(root, file), "utf8")).map((line) => `${file}:${line}`),
  );
  assert.deepEqual(found, []);
});

test("arithmetic in a line that is planted is seen; words, keys and comparisons are not", () => {
  const planted = [
    "const most = Math.max(0, unreserved + killedTo - floor);",
    "const room = plan.unreservedAfter - state.floor;",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a file
    "return `${pool.floor - pool.unreserved} below`;",
    "unreserved += change.claimBefore;",
    "const short = wanted - (state.headroom);",
    "const above = (unreserved ?? 0) - floor;",
    "const needed = sum + account.limit;",
  ];
  for (const line of planted) assert.deepEqual(arithmetic(`const a = 1;\n${line}\n`), [2], line);
  const fine = [
    "// unreserved - floor is the headroom",
    "/** limit − unreserved; unreserved - floor */",
    'const text = "unreserved - floor";',
    "const at = Math.floor(time / length) - 1;",
    "if (unreserved >= floor || headroom < 0) return;",
    "const pool = { limit, unreserved: left - taken, floor };",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a file
    "return `keep-unreserved: ${count(unreserved)} - floor, ${[`${a} - floor`].join()}`;",
  ];
  for (const line of fine) assert.deepEqual(arithmetic(line), [], line);
});

/** The text of a TypeScript file with comments and the words of strings left out, line by line; what a template literal computes stays. */
function codeOf(text: string): string {
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
