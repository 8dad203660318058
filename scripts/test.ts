/**
 * All tests, or one kind of them: `npm test`, `npm run check`, `npm run test:unit [-- part of a path…]`,
 * `npm run test:grammar [-- --update]`, `npm run test:host`. Ends with a line `N passed, N failed`.
 */
import { runNode } from "./command.ts";
import { check } from "./tests/check.ts";
import { grammar } from "./tests/grammar.ts";
import { type Outcome, one, total } from "./tests/outcome.ts";
import { unit } from "./tests/unit.ts";

const steps: Readonly<Record<string, (args: readonly string[]) => Promise<Outcome>>> = {
  check,
  build: async () => one((await runNode(["esbuild.mjs", "--tests"])) === 0),
  unit,
  grammar,
  host: async (args) => (await import("../test/host/run.ts")).runHostTests(args),
};

/** The bundles are tested as they ship, so whoever runs them is built first. */
function stepsFor(kind: string | undefined): readonly string[] {
  if (kind === undefined) return Object.keys(steps);
  return kind === "unit" || kind === "host" ? ["build", kind] : [kind];
}

const [kind, ...args] = process.argv.slice(2);
const chosen = stepsFor(kind);
const outcomes: Outcome[] = [];
const lines: string[] = [];
for (const name of chosen) {
  const step = steps[name];
  if (step === undefined)
    throw new Error(`There is no kind of test called ${name}. There are: ${Object.keys(steps).join(", ")}.`);
  console.log(`\n== ${name} ==`);
  const start = performance.now();
  const outcome = await step(args).catch((error: unknown): Outcome => {
    console.error(error);
    return one(false);
  });
  outcomes.push(outcome);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  lines.push(`${name.padEnd(8)} ${outcome.passed} passed, ${outcome.failed} failed (${seconds} s)`);
}
const { passed, failed } = total(outcomes);
console.log(`\n${lines.join("\n")}\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
