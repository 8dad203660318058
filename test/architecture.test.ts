import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const text = readFileSync(join(root, "docs/architecture.md"), "utf8");

/** The words of a name or a phrase: `readBudgetFile` is read, budget, file. */
function words(phrase: string): Set<string> {
  const parts = phrase.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return new Set((parts.match(/[a-z]+/g) ?? []).map((word) => (word.length > 3 ? word.replace(/s$/, "") : word)));
}

const rows = [...text.matchAll(/^\| (.+?) \| `((?:server|client)\/[^`]+)` \|$/gm)].map(
  ([, feature = "", file = ""]) => ({
    feature,
    file,
  }),
);

test("the map of features names at least 30 files that exist, each by a word of its feature", () => {
  assert.ok(rows.length >= 30, `only ${rows.length} rows`);
  for (const { feature, file } of rows) {
    assert.ok(existsSync(join(root, file)), `${file} does not exist`);
    const named = words(basename(file, ".ts"));
    const shared = [...words(feature)].filter((word) => named.has(word));
    assert.notDeepEqual(shared, [], `${file} shares no word with "${feature}"`);
  }
});

test("every other file that the document names exists", () => {
  const named = [...text.matchAll(/`((?:core|lsp|aws|operations|cli)\/[\w/]+\.ts)`/g)].map(([, file = ""]) => file);
  assert.ok(named.length > 10);
  for (const file of named) assert.ok(existsSync(join(root, "server/src", file)), `server/src/${file} does not exist`);
});
