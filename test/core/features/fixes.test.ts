import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { type AnalysisOptions, codeActions, type Finding } from "#core";
import { snapshot } from "#support/snapshot.ts";
import { applied } from "./applyEdit.ts";
import { nameOf, type Scene, sceneOf, uriOf } from "./scene.ts";

/** A fixture of one quick fix: files, the finding and the fix to take, and the files as they are afterwards. */
interface FixFixture {
  readonly options: AnalysisOptions;
  readonly files: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
  readonly file: string;
  /** 0-based line of the finding. */
  readonly line: number;
  readonly rule: string;
  readonly fix: string;
}

const marker = /want(\^?) ([a-z-]+) fix="((?:[^"\\]|\\.)*)"/;

/**
 * Reads a fixture. `### name` starts a file, `### name.golden` what it becomes; a first line `# options: {…}` gives the limit.
 * `# want RULE fix="title"` stands on the line of the finding, `# want^ …` one line below it. JSON cannot hold comments, so
 * `### name.want` says `"text of the line" want RULE fix="title"`. `### account.json` is what was read of an account, in the few words of `snapshot`.
 */
function readFixFixture(text: string): FixFixture {
  const given: AnalysisOptions = JSON.parse(/^# options: (\{.*\})$/m.exec(text)?.[1] ?? "{}");
  const parts = text.split(/^### (.+)\r?\n/m);
  const all = new Map<string, string>();
  for (let i = 1; i < parts.length; i += 2) all.set((parts[i] as string).trim(), parts[i + 1] as string);
  const account = all.get("account.json");
  all.delete("account.json");
  const options =
    account === undefined ? given : { ...given, snapshots: [snapshot(JSON.parse(account))], linkAll: true };
  const files = new Map([...all].filter(([name]) => !/\.(?:golden|want)$/.test(name)));
  const after = new Map([...all].filter(([name]) => name.endsWith(".golden")));
  for (const [name, content] of all) {
    const [, up = "", rule = "", fix = ""] = marker.exec(content) ?? [];
    if (!rule || name.endsWith(".golden")) continue;
    const file = name.replace(/\.want$/, "");
    const lines = (files.get(file) ?? "").split("\n");
    const anchor = name.endsWith(".want") ? JSON.parse(content.slice(0, content.indexOf(" want "))) : `${rule} fix=`;
    const line = lines.findIndex((each) => each.includes(anchor)) - up.length;
    return {
      options,
      files,
      after: new Map([...after].map(([golden, expected]) => [golden.replace(/\.golden$/, ""), expected])),
      file,
      line,
      rule,
      fix: fix.replaceAll('\\"', '"'),
    };
  }
  throw new Error("The fixture has no marker.");
}

const folder = new URL("../../fixtures/fixes/", import.meta.url);

for (const name of readdirSync(folder).sort()) {
  const text = readFileSync(new URL(name, folder), "utf8");
  test(`fix ${name}: the edit is exactly the golden one, settles the finding and makes no new error`, () => {
    check(readFixFixture(text));
  });
  test(`fix ${name}: the same with CRLF`, () => {
    const { files, after, ...rest } = readFixFixture(text);
    check({ ...rest, files: withCrlf(files), after: withCrlf(after) });
  });
}

function withCrlf(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...files].map(([name, text]) => [name, text.replaceAll("\n", "\r\n")]));
}

function check(fixture: FixFixture): void {
  const before = sceneOf(fixture.files, fixture.options);
  const finding = findingOf(fixture, before);
  const action = actionsOf(fixture, before).find(({ title }) => title === fixture.fix);
  assert.ok(
    action?.edit,
    `no such fix; there are: ${actionsOf(fixture, before)
      .map(({ title }) => title)
      .join("; ")}`,
  );
  const changed = applied(fixture.files, action.edit);
  const expected = new Map([...fixture.files, ...fixture.after]);
  assert.deepEqual(Object.fromEntries(changed), Object.fromEntries(expected));

  const after = sceneOf(changed, fixture.options);
  const left = shown(after).filter(
    ({ rule, place, stack }) => rule === finding.rule && place.uri === finding.place.uri && stack === finding.stack,
  );
  assert.deepEqual(
    left.map(({ message }) => message),
    [],
  );
  const known = new Set(errors(before));
  assert.deepEqual(
    errors(after).filter((error) => !known.has(error)),
    [],
  );
  assert.deepEqual(
    actionsOf(fixture, after).filter(({ title }) => title === fixture.fix),
    [],
  );
}

function findingOf({ file, line, rule }: FixFixture, { context, files }: Scene): Finding {
  const lineOf = ({ place }: Finding) => (files.get(file) ?? "").slice(0, place.start).split("\n").length - 1;
  const finding = context.analysis.findings.find(
    (each) => each.rule === rule && nameOf(each.place.uri) === file && lineOf(each) === line,
  );
  const all = context.analysis.findings.map((each) => `${nameOf(each.place.uri)}:${lineOf(each)} ${each.rule}`);
  assert.ok(finding, `no such finding at line ${line}; there are: ${all.join(", ")}`);
  return finding;
}

function actionsOf({ file, line }: FixFixture, { context, files }: Scene) {
  const end = files.get(file)?.split("\n")[line]?.length ?? 0;
  const range = { start: { line, character: 0 }, end: { line, character: end } };
  return codeActions(context, uriOf(file), range, [], ["quickfix"]);
}

function shown({ context }: Scene): readonly Finding[] {
  return context.analysis.findings.filter(({ suppressed }) => !suppressed);
}

/** Errors without their numbers: a fix may lower one that it does not settle. */
function errors(scene: Scene): string[] {
  return shown(scene)
    .filter(({ severity }) => severity === "error")
    .map(({ rule, message, place }) => `${nameOf(place.uri)} ${rule} ${message.replace(/[\d,]+/g, "N")}`);
}
