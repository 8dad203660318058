import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import type { Finding } from "#core/model.ts";
import { rules } from "#core/ruleTable.ts";
import { analyseFiles } from "./analyse.ts";
import { readMarked, type Wanted } from "./marked.ts";

const folder = new URL("../../fixtures/rules/", import.meta.url);

for (const name of readdirSync(folder).sort()) {
  test(`fixture ${name}: exactly the findings that its markers ask for`, () => {
    const { options, files, wanted } = readMarked(readFileSync(new URL(name, folder), "utf8"), name);
    const { findings } = analyseFiles(files, options);
    const { actual, expected } = compare(
      findings.map((finding) => toWanted(finding, files)),
      wanted,
    );
    assert.deepEqual(actual, expected);
  });
}

test("every rule has a fixture that reports it", () => {
  const texts = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8"));
  const reported = new Set(texts.flatMap((text) => readMarked(text, "x.yaml").wanted.map(({ rule }) => rule)));
  assert.deepEqual(
    Object.keys(rules).filter((rule) => !reported.has(rule)),
    [],
  );
});

function toWanted(finding: Finding, files: ReadonlyMap<string, string>): Required<Wanted> {
  const file = finding.place.uri.replace("file:///work/", "");
  const line = (files.get(file) ?? "").slice(0, finding.place.start).split("\n").length;
  const { rule, severity, message } = finding;
  return { at: `${file}:${line}`, rule, severity, message, suppressed: finding.suppressed !== undefined };
}

/** Both lists in one order; a wanted message that a found one fits is replaced by it, so that the difference is readable. */
function compare(found: readonly Required<Wanted>[], wanted: readonly Wanted[]) {
  const left = [...wanted];
  const expected = found.flatMap((finding) => {
    const index = left.findIndex((want) => fits(finding, want));
    if (index < 0) return [];
    left.splice(index, 1);
    return [describe(finding)];
  });
  const missing = left.map((want) => describe({ severity: rules[want.rule as keyof typeof rules]?.severity, ...want }));
  return { actual: found.map(describe).sort(), expected: [...expected, ...missing].sort() };
}

function fits(finding: Required<Wanted>, want: Wanted): boolean {
  if (finding.at !== want.at || finding.rule !== want.rule || finding.suppressed !== want.suppressed) return false;
  if (finding.severity !== (want.severity ?? rules[finding.rule as keyof typeof rules].severity)) return false;
  const parts = want.message.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s").test(finding.message);
}

function describe({
  at,
  rule,
  severity,
  message,
  suppressed,
}: Omit<Required<Wanted>, "severity"> & { severity: string | undefined }) {
  return `${at} ${suppressed ? "suppressed" : "want"} ${rule}(${severity}) "${message}"`;
}
