import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import fc from "fast-check";
import type { Place } from "#core/model.ts";
import { analyseFiles } from "./analyse.ts";
import { readMarked } from "./marked.ts";

const folder = new URL("../../fixtures/validate/", import.meta.url);
const fixtures = readdirSync(folder).map((name) => readMarked(readFileSync(new URL(name, folder), "utf8"), name));

/** What a half-typed text may look like: cut off, a piece missing, a piece twice, a stray character. */
type Mutation = (text: string, at: number, length: number) => string;
const mutations: readonly Mutation[] = [
  (text, at) => text.slice(0, at),
  (text, at, length) => text.slice(0, at) + text.slice(at + length),
  (text, at, length) => text.slice(0, at + length) + text.slice(at),
  (text, at, length) => `${text.slice(0, at)}${"{[:-#'\"&*!"[length % 10]}${text.slice(at)}`,
];

test("mutated files never make a rule throw, and every place lies inside its file", () => {
  const scenario = fc.record({
    fixture: fc.constantFrom(...fixtures),
    file: fc.nat(),
    mutation: fc.constantFrom(...mutations),
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.integer({ min: 1, max: 60 }),
  });
  fc.assert(
    fc.property(scenario, ({ fixture, file, mutation, at, length }) => {
      const files = new Map(fixture.files);
      const name = [...files.keys()][file % files.size] as string;
      const text = files.get(name) as string;
      files.set(name, mutation(text, Math.floor(at * text.length), length));
      const isInside = ({ uri, start, end }: Place) => {
        const size = files.get(uri.replace("file:///work/", ""))?.length ?? -1;
        return start >= 0 && start <= end && end <= size;
      };
      for (const finding of analyseFiles(files, fixture.options).findings) {
        const places = [finding.place, ...finding.related.map(({ place }) => place)];
        assert.deepEqual(
          places.filter((place) => !isInside(place)),
          [],
          finding.message,
        );
        assert.doesNotMatch(finding.message, /undefined|NaN|\[object|Infinity/);
      }
    }),
    { numRuns: 400 },
  );
});
