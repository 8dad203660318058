import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const house = "server/src/core/wording/";
const formatting = /\.toLocale\w*\(|\bIntl\.(?:NumberFormat|DateTimeFormat|RelativeTimeFormat)\b|\.toFixed\(/;

/** What is read by programs, not by people, with why each of them rounds by itself. */
const exceptions: Readonly<Record<string, string>> = {
  "server/src/load/csv.ts": "columns of milliseconds, each with three decimals",
  "server/src/cli/reporters/loadJson.ts": "numbers of JSON, rounded to thousandths",
};

function formattingLines(name: string, text: string): readonly string[] {
  return text.split("\n").flatMap((line, index) => (formatting.test(line) ? [`${name}:${index + 1}`] : []));
}

const sources = ["server/src", "client/src"].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${folder}/${name.replaceAll("\\", "/")}`)
    .map((name) => ({ name, text: readFileSync(path.join(root, name), "utf8") })),
);

test("only core/wording formats numbers and times", () => {
  const found = sources
    .filter(({ name }) => !name.startsWith(house) && !(name in exceptions))
    .flatMap(({ name, text }) => formattingLines(name, text));
  assert.deepEqual(found, []);
});

test("each exception is still one", () => {
  const formats = new Set(sources.filter(({ text }) => formatting.test(text)).map(({ name }) => name));
  assert.deepEqual(
    Object.keys(exceptions).filter((name) => !formats.has(name)),
    [],
  );
});

test("formatting is seen in each of its forms, and what only looks like it is let through", () => {
  const planted = [
    "count.toLocaleString()",
    'at.toLocaleTimeString("en")',
    "new Intl.NumberFormat()",
    "Intl.DateTimeFormat().format(at)",
    "share.toFixed(1)",
    'new Intl.Collator("en")',
    "num(count)",
    "name.toLowerCase()",
  ];
  assert.deepEqual(
    formattingLines("planted.ts", planted.join("\n")),
    [1, 2, 3, 4, 5].map((line) => `planted.ts:${line}`),
  );
});
