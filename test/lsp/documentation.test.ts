import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const page = readFileSync(new URL("../../docs/language-server.md", import.meta.url), "utf8");
const reader = readFileSync(new URL("../../server/src/lsp/settings.ts", import.meta.url), "utf8");
const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

test("the page about the language server names every setting that the server reads", () => {
  const settings = Object.keys(manifest.contributes.configuration.properties)
    .map((key) => key.replace("lambdaConcurrency.", ""))
    .filter((key) => reader.includes(`values.${key.split(".")[0]}`));
  assert.ok(settings.includes("assumedLimit") && settings.includes("codeLens.enabled"), settings.join());
  assert.deepEqual(
    settings.filter((key) => !page.includes(`\`${key}\``)),
    [],
  );
});
