import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { check, type Diagnostics } from "recheck";
import { regexLiterals } from "#support/regexLiterals.ts";

const root = fileURLToPath(new URL("..", import.meta.url));

interface Written {
  readonly where: string;
  readonly source: string;
  readonly flags: string;
}

function sources(folder: string): readonly (readonly [path: string, text: string])[] {
  const names = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => name.endsWith(".ts"))
    .map((name) => [join(folder, name), readFileSync(join(root, folder, name), "utf8")]);
}

/**
 * recheck proves regular languages only. What is looked at before or behind takes at most what it would take if it were matched
 * in its place, and nothing worth counting when its length is bounded.
 */
function withoutLooking(source: string): string {
  const inner = String.raw`((?:\\.|\[(?:\\.|[^\]\\])*\]|\((?:\\.|\[(?:\\.|[^\]\\])*\]|[^()\\])*\)|[^()\\])*)`;
  return source.replaceAll(new RegExp(String.raw`\(\?<?[=!]${inner}\)`, "g"), (_, looked: string) =>
    isUnbounded(looked) ? `(?:${looked})` : "(?:)",
  );
}

function isUnbounded(source: string): boolean {
  return /[*+]|\{\d+,\}/.test(source.replace(/\\./g, "x").replace(/\[[^\]]*\]/g, "c"));
}

function verdict(found: Diagnostics): string {
  return found.status === "vulnerable" ? found.complexity.summary : found.status;
}

/** What recheck says about all that repeat something without a bound; the others are linear by their shape. */
async function doubts(written: readonly Written[]): Promise<readonly string[]> {
  const unbounded = written.filter(({ source }) => isUnbounded(source));
  const found = await Promise.all(
    unbounded.map(async ({ where, source, flags }) => {
      const found = await check(withoutLooking(source), flags, { checker: "automaton", timeout: 100_000 });
      return found.status === "safe" ? [] : [`${where}: ${verdict(found)}: /${source}/${flags}`];
    }),
  );
  return found.flat();
}

test("every regular expression takes time in proportion to its text", async () => {
  const written = [...sources("server/src"), ...sources("client/src")].flatMap(([path, text]) =>
    regexLiterals(text).map(({ source, flags, line }) => ({ where: `${path}:${line}`, source, flags })),
  );
  assert.ok(written.length > 200, `only ${written.length} were found`);
  assert.deepEqual(await doubts(written), []);
});

test("no regular expression is put together while the program runs", () => {
  const composed = [...sources("server/src"), ...sources("client/src")].filter(([, text]) => /\bRegExp\(/.test(text));
  assert.deepEqual(
    composed.map(([path]) => path),
    [],
  );
});

/** An editor hands over lines of at most 20,000 characters, one by one, and stops by itself behind half a second. */
test("no regular expression of grammar, language configuration and schema explodes", async () => {
  const written = ["tmLanguage", "schema"].flatMap((kind) => patternsOf(`concurrency-budget.${kind}.json`));
  written.push(...patternsOf("language-configuration.json"));
  assert.ok(written.length > 30, `only ${written.length} were found`);
  const found = await Promise.all(
    written.map(async ({ where, source }) => {
      const found = await check(source, "", { randomSeed: 0, timeout: 100_000 });
      const bounded =
        found.status === "safe" || (found.status === "vulnerable" && found.complexity.type === "polynomial");
      return bounded ? [] : [`${where}: ${verdict(found)}: ${source}`];
    }),
  );
  assert.deepEqual(found.flat(), []);
});

function patternsOf(name: string): Written[] {
  const found = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [key, member] of Object.entries(value)) {
      if (/^(?:match|begin|end|while|pattern)$/.test(key) && typeof member === "string") found.add(member);
      else visit(member);
    }
  };
  visit(JSON.parse(readFileSync(join(root, "syntaxes", name), "utf8")));
  return Array.from(found, (source) => ({ where: name, source, flags: "" }));
}
