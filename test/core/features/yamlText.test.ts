import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { yamlScalar } from "#core/features/yamlText.ts";
import { asScalar, get, rootOf } from "#core/syntax/lookup.ts";
import type { Dialect } from "#core/syntax/nodes.ts";
import { parse } from "#core/syntax/parse.ts";

const names = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.constantFrom(..."aO0_1.-/*:#{}[],&!|>'\"%@`~ enofytrs") }),
  fc.constantFrom(
    "off",
    "No",
    "~",
    "null",
    "1e3",
    "0x1f",
    "012",
    "1_000",
    ".5",
    "-1",
    "---",
    "...",
    "a: b",
    "a #b",
    "<<",
    "=",
    "1:30",
  ),
);

for (const dialect of ["budget", "template"] satisfies Dialect[]) {
  test(`a text written as a ${dialect} scalar reads back as the same text, as value and as key`, () => {
    fc.assert(
      fc.property(names, (name) => {
        const written = yamlScalar(name);
        assert.equal(asScalar(get(rootOf(parse(`k: ${written}\n`, dialect)), "k"))?.value, name);
        assert.equal(asScalar(get(rootOf(parse(`${written}: 5\n`, dialect)), name))?.value, 5);
        assert.equal(asScalar(get(get(rootOf(parse(`k: { ${written}: 5 }\n`, dialect)), "k"), name))?.value, 5);
      }),
      { numRuns: 500 },
    );
  });
}

test("what needs no quotes gets none", () => {
  for (const name of ["orders-prod/Ingest", "orders-prod/*", "thumbnails", "../a/b.yaml", "my_function"])
    assert.equal(yamlScalar(name), name);
});
