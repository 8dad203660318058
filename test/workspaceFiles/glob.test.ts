import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import picomatch from "picomatch";
import { globMatcher } from "#workspaceFiles/glob.ts";

const matching: readonly (readonly [glob: string, paths: readonly string[], others: readonly string[]])[] = [
  ["*.yaml", ["a.yaml", "a.b.yaml"], ["a.yml", "a/b.yaml", ".yaml", ".a.yaml"]],
  ["services/*/template.yaml", ["services/a/template.yaml"], ["services/template.yaml", "services/a/b/template.yaml"]],
  ["**/t.yaml", ["t.yaml", "a/t.yaml", "a/b/t.yaml"], ["a/.git/t.yaml", "a/xt.yaml"]],
  ["a/**", ["a/b", "a/b/c"], ["b/c", "a/.b"]],
  ["a**b.yaml", ["ab.yaml", "axxb.yaml"], ["a/b.yaml"]],
  [".*/t.yaml", [".a/t.yaml"], ["a/t.yaml"]],
  ["{a,.b,c{d,e}}/t.yaml", ["a/t.yaml", ".b/t.yaml", "cd/t.yaml", "ce/t.yaml"], ["c/t.yaml", "b/t.yaml"]],
  ["[a-c]?[!x].yaml", ["a1b.yaml", "cxy.yaml"], ["d1b.yaml", "axx.yaml", "a/b.yaml"]],
  ["\\[id\\].yaml", ["[id].yaml"], ["i.yaml"]],
  ["{a}.yaml", ["{a}.yaml"], ["a.yaml"]],
  ["[a.yaml", ["[a.yaml"], ["a.yaml"]],
];

test("globs match what budgets mean by them", () => {
  for (const [glob, paths, others] of matching) {
    const matches = globMatcher(glob);
    assert.deepEqual([...paths, ...others].filter(matches), paths, glob);
  }
});

test("a glob matches what picomatch says it matches", () => {
  const letter = fc.constantFrom("a", "b", ".");
  const piece = fc.constantFrom("a", "b", ".", "*", "?", "[ab]", "{a,b}", "{b,a*}");
  const name = fc
    .array(piece, { minLength: 1, maxLength: 4 })
    .map((pieces) => pieces.join(""))
    .filter((written) => !/^\.+$/.test(written));
  const globs = fc
    .array(fc.oneof(name, fc.constant("**")), { minLength: 1, maxLength: 3 })
    .map((names) => names.join("/").replaceAll(/\*{2,}(?=[^/])|(?<=[^/])\*{2,}/g, "*"));
  const paths = fc
    .array(
      fc.array(letter, { minLength: 1, maxLength: 4 }).map((letters) => letters.join("")),
      { minLength: 1, maxLength: 3 },
    )
    .map((names) => names.join("/"));
  fc.assert(
    fc.property(globs, paths, (glob, path) => {
      fc.pre(path.split("/").every((each) => !/^\.+$/.test(each)));
      // There `a/**` is also the folder `a` itself; we look for files.
      fc.pre(!glob.endsWith("/**") || !picomatch(glob.slice(0, -3))(path));
      assert.equal(globMatcher(glob)(path), picomatch(glob)(path), `${glob} ${path}`);
    }),
    { numRuns: 5000 },
  );
});
