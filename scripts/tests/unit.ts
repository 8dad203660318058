import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { root } from "../command.ts";
import type { Outcome } from "./outcome.ts";

/** The unit tests: every `*.test.ts` below test/ outside the real VS Code, or those whose path contains one of `filters`. */
function testFiles(filters: readonly string[]): readonly string[] {
  return globSync("test/**/*.test.ts", { cwd: root, exclude: ["test/host/**", "**/node_modules/**"] })
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => filters.length === 0 || filters.some((filter) => file.includes(filter)))
    .sort();
}

/** Runs the unit tests with Node's own runner, prints its report and says how many corpus tests ran. */
export async function unit(filters: readonly string[]): Promise<Outcome> {
  const files = testFiles(filters);
  if (files.length === 0) {
    console.error(`No test file matches ${filters.join(" ")}.`);
    return { passed: 0, failed: 1 };
  }
  // Most of a short test is loading modules. Tests and what they start keep them compiled, types removed, from run to run.
  process.env.NODE_COMPILE_CACHE ??= path.join(root, ".cache/compiled");
  let passed = 0;
  let failed = 0;
  const corpus = { ran: 0, skipped: 0 };
  const stream = run({
    // A test that waits for a process that died must not hold up everything else.
    timeout: 240_000,
    files: files.map((file) => path.join(root, file)),
    concurrency: Math.max(1, availableParallelism()),
  });
  const isCorpus = (test: { name: string; file?: string }) => /corpus/i.test(`${test.name} ${test.file ?? ""}`);
  stream.on("test:pass", (test) => {
    if (test.details.type === "suite") return;
    const skipped = test.skip !== undefined && test.skip !== false;
    if (!skipped) passed++;
    if (isCorpus(test)) corpus[skipped ? "skipped" : "ran"]++;
  });
  stream.on("test:fail", (test) => {
    if (test.details.type === "suite") return;
    failed++;
    if (isCorpus(test)) corpus.ran++;
  });
  const report = stream.compose(new spec());
  for await (const chunk of report) process.stdout.write(chunk as string);
  console.log(
    `Corpus tests: ${corpus.ran} ran, ${corpus.skipped} skipped (CORPUS_DIR is ${process.env.CORPUS_DIR ?? "not set"}).`,
  );
  return { passed, failed };
}
