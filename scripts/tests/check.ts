import { packageBin, runNode } from "../command.ts";
import { type Outcome, one, total } from "./outcome.ts";

/** Types, lint and format, circles of imports, generated files: what must hold before any test runs. */
export async function check(): Promise<Outcome> {
  const colors = process.stdout.isTTY ? [] : ["--colors=off"];
  const steps: readonly (readonly [string, readonly string[]])[] = [
    ["types", [packageBin("typescript", "bin/tsc"), "-b"]],
    [
      "lint and format",
      [
        packageBin("@biomejs/biome", "bin/biome"),
        "ci",
        "--error-on-warnings",
        "--diagnostic-level=warn",
        ...colors,
        ".",
      ],
    ],
    ["imports without circles", ["scripts/circles.ts"]],
    ["generated files", ["scripts/docs.ts", "--check"]],
  ];
  const outcomes: Outcome[] = [];
  for (const [name, args] of steps) {
    const code = await runNode(args);
    console.log(`${code === 0 ? "ok" : "FAILED"}: ${name}`);
    outcomes.push(one(code === 0));
  }
  return total(outcomes);
}
