import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import type { Finding } from "#core/model.ts";
import { analyseFiles } from "./analyse.ts";
import { readMarked } from "./marked.ts";

const folder = new URL("../../fixtures/rules/", import.meta.url);
const fixtures = readdirSync(folder).map((name) => ({
  name,
  ...readMarked(readFileSync(new URL(name, folder), "utf8"), name),
}));

/** Findings that are shown, by rule, place and message; the text in front of `shift.from` is longer by `shift.by`. */
function shown(
  findings: readonly Finding[],
  moved?: { readonly uri: string; readonly from: number; readonly by: number },
) {
  return findings
    .filter(({ suppressed }) => !suppressed)
    .map(({ rule, message, place }) => {
      const by = moved && place.uri === moved.uri && place.start >= moved.from ? moved.by : 0;
      return `${place.uri} ${place.start - by} ${rule} ${message}`;
    });
}

for (const { name, files, options } of fixtures) {
  test(`an ignore above its line suppresses each finding of ${name}, and only that`, () => {
    const { findings } = analyseFiles(files, options);
    for (const finding of findings) {
      const file = finding.place.uri.replace("file:///work/", "");
      if (finding.suppressed || finding.rule === "unused-suppression" || file.endsWith(".json")) continue;
      const text = files.get(file) as string;
      const start = text.lastIndexOf("\n", finding.place.start - 1) + 1;
      const indent = /^[ ]*/.exec(text.slice(start))?.[0] ?? "";
      const comment = `${indent}# lambda-concurrency-ignore ${finding.rule}: tested\n`;
      const edited = new Map(files).set(file, text.slice(0, start) + comment + text.slice(start));
      const line = text.slice(start, text.indexOf("\n", start));
      const after = analyseFiles(edited, options).findings;
      const moved = { uri: finding.place.uri, from: start, by: comment.length };
      const isCovered = (one: Finding) =>
        one.rule === finding.rule &&
        one.place.uri === finding.place.uri &&
        one.place.start >= start &&
        one.place.start <= start + line.length;
      assert.deepEqual(shown(after, moved), shown(findings.filter((one) => !isCovered(one))), comment);
    }
  });
}
