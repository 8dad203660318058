import assert from "node:assert/strict";
import { test } from "node:test";
import { get, keyText, pairs, rootOf, scalarText } from "#core/syntax/lookup.ts";
import type { Dialect, MapNode, SeqNode } from "#core/syntax/nodes.ts";
import { parse } from "#core/syntax/parse.ts";

/** What a plain scalar is sent as, as a value and as a key. */
function sent(written: string, dialect: Dialect = "template"): readonly (string | undefined)[] {
  const root = rootOf(parse(`values: [ ${written} ]\nkeys: { ${written}: 1 }\n`, dialect));
  const [value] = (get(root, "values") as SeqNode).items;
  const [pair] = pairs(get(root, "keys") as MapNode);
  return [value?.kind === "scalar" ? scalarText(value) : undefined, pair && keyText(pair)];
}

// What PyYAML 6.0.3 loads and dumps again.
const table: readonly (readonly [written: string, sent: string])[] = [
  ["NO", "false"],
  ["no", "false"],
  ["off", "false"],
  ["Yes", "true"],
  ["on", "true"],
  ["TRUE", "true"],
  ["true", "true"],
  ["y", "y"],
  ["n", "n"],
  ["~", "null"],
  ["Null", "null"],
  ["0", "0"],
  ["-0", "0"],
  ["+5", "5"],
  ["010", "8"],
  ["-017", "-15"],
  ["089", "089"],
  ["0x10", "16"],
  ["0b101", "5"],
  ["0o17", "0o17"],
  ["1_000", "1000"],
  ["190:20:30", "685230"],
  ["020222070707", "2185785799"],
  ["012345678901", "012345678901"],
  ["123456789012", "123456789012"],
  ["99999999999999999999", "99999999999999999999"],
  ["077777777777777777777777", "590295810358705651711"],
  ["1.10", "1.1"],
  ["5.", "5.0"],
  [".5", "0.5"],
  ["-0.", "-0.0"],
  ["1_0.50", "10.5"],
  ["1e3", "1e3"],
  ["1.5e+3", "1500.0"],
  ["0.0001", "0.0001"],
  ["0.00001", "1.0e-05"],
  ["6.02e+23", "6.02e+23"],
  ["1234567890123456.0", "1234567890123456.0"],
  ["12345678901234567.0", "1.2345678901234568e+16"],
  [".INF", ".inf"],
  ["-.inf", "-.inf"],
  [".nan", ".nan"],
  ["1.1.1", "1.1.1"],
  ["2020-01-01", "2020-01-01"],
];

for (const [written, expected] of table) {
  test(`${written} in a template is sent as ${expected}, as a value and as a key`, () => {
    assert.deepEqual(sent(written), [expected, expected]);
  });
}

test("what is quoted or carries a tag is sent as it is written", () => {
  for (const written of ['"NO"', "'010'", "!!str NO", "!Ref 010"]) {
    assert.deepEqual(sent(written)[0], written.replace(/^!\S+ |["']/g, "").replace(/'$/, ""), written);
  }
});

test("a budget means what it writes", () => {
  for (const written of ["NO", "010", "1.10"]) assert.deepEqual(sent(written, "budget"), [written, written]);
});
