import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { codeActions, type Finding } from "#core";
import { applied } from "./applyEdit.ts";
import { type FixFixture, readFixFixture } from "./fixFixture.ts";
import { nameOf, type Scene, sceneOf, uriOf } from "./scene.ts";

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
