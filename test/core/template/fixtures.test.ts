import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import type { DeclaredFunction, Value } from "#core";
import { resolveDisk } from "./sources.ts";

const folder = join(import.meta.dirname, "../../fixtures/templates");

/** What a fixture's `.expected.json` says about a function; empty parts are left out. */
function summary(one: DeclaredFunction) {
  const byName = (settings: readonly { readonly key: string; readonly value: Value }[]) =>
    Object.fromEntries(settings.map(({ key, value }) => [key, value]));
  const maximum = one.maximumConcurrency.map(({ source, value }) => ({ key: source, value }));
  return {
    ...(one.name === null ? {} : { name: one.name }),
    reserved: one.reserved.value,
    provisioned: byName(one.provisioned.map(({ qualifier, value }) => ({ key: qualifier, value }))),
    ...(one.condition === undefined ? {} : { condition: one.condition }),
    ...(maximum.length > 0 ? { maximumConcurrency: byName(maximum) } : {}),
    ...(one.sqsSources.length > 0 ? { sqsSources: one.sqsSources.map(({ source }) => source) } : {}),
  };
}

for (const name of readdirSync(folder)) {
  const expected = name.endsWith(".expected.json") && name.replace(".expected.json", "");
  const template = readdirSync(folder).find((other) => other !== name && other.replace(/\.\w+$/, "") === expected);
  if (!expected || !template) continue;
  test(`${template} resolves to what ${name} says`, () => {
    const functions = resolveDisk(join(folder, template)).functions;
    const found = Object.fromEntries(functions.map((one) => [one.logicalId, summary(one)]));
    assert.deepEqual(found, JSON.parse(readFileSync(join(folder, name), "utf8")));
  });
}
