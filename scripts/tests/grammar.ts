import { existsSync, globSync } from "node:fs";
import { packageBin, root, runNode } from "../command.ts";
import type { Outcome } from "./outcome.ts";

/** Compares the scopes of every grammar fixture with its snapshot (`fixture.snap`). `--update` writes the snapshots. */
export async function grammar(args: readonly string[]): Promise<Outcome> {
  const fixtures = globSync("test/grammar/**/*.{yaml,yml}", { cwd: root });
  const update = args.includes("--update");
  if (fixtures.length === 0) return { passed: 0, failed: 1 };
  const code = await runNode([
    packageBin("vscode-tmgrammar-test", "dist/snapshot.js"),
    "--scope",
    "source.concurrency-budget",
    ...(update ? ["--updateSnapshot"] : []),
    ...fixtures,
  ]);
  const withoutSnapshot = fixtures.filter((fixture) => !existsSync(`${root}/${fixture}.snap`));
  for (const fixture of withoutSnapshot)
    console.error(`${fixture} has no snapshot: run npm run test:grammar -- --update`);
  if (code === 0 && withoutSnapshot.length === 0) return { passed: fixtures.length, failed: 0 };
  return { passed: 0, failed: fixtures.length };
}
