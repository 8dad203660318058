/**
 * Refuses circles between files and between folders of the product's sources, types included: `node scripts/circles.ts [FOLDER]`. Circles that
 * still exist are excepted by their arrows in `scripts/circles/known.json`; an exception that nothing needs is refused too.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import { findCircles } from "./circles/findCircles.ts";
import { readImports } from "./circles/imports.ts";
import { root as repository } from "./command.ts";

const [root = repository] = process.argv.slice(2);
const known: readonly string[] = JSON.parse(readFileSync(path.join(root, "scripts/circles/known.json"), "utf8"));
const imports = readImports(root);

const problems = [...newCircles(), ...needless()];
if (problems.length > 0) console.error(problems.join("\n"));
process.exitCode = problems.length === 0 ? 0 : 1;

function* newCircles(): Generator<string> {
  for (const { members, arrows } of findCircles(imports, new Set(known))) {
    yield `A circle of ${members.length}: ${members.join(", ")}`;
    for (const [arrow, behind] of arrows) {
      const [first, ...others] = behind.map(({ from, to }) => `${from} imports ${to}`);
      yield `  ${arrow}: ${first}${others.length === 0 ? "" : `, and ${others.length} more`}`;
    }
  }
}

function* needless(): Generator<string> {
  const used = new Set(findCircles(imports).flatMap(({ arrows }) => [...arrows.keys()]));
  for (const arrow of known) {
    if (!used.has(arrow)) yield `No circle needs the exception ${arrow}: remove it from scripts/circles/known.json.`;
  }
}
