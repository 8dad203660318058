/**
 * Runs the tests in a real VS Code: `npm run test:host [-- --electron [version]] [suite…] [--grep PART-OF-A-NAME]`. By default that is
 * the VS Code of the npm package code-server in a headless browser; `--electron` takes the desktop VS Code that
 * @vscode/test-electron downloads, for the suites that run inside its extension host.
 */
import { runChanges } from "./changes.ts";
import type { Outcome, RunGroup } from "./checkGroup.ts";
import { runKills } from "./kills.ts";
import { runPoolView } from "./poolView.ts";
import { inCodeServer, inElectron } from "./runners.ts";
import { runStart } from "./start.ts";
import { runTestsOf, suites } from "./suites.ts";

/** What is driven from outside, with keyboard and mouse. */
const groups: Readonly<Record<string, RunGroup>> = {
  changes: runChanges,
  kills: runKills,
  pool: runPoolView,
  start: runStart,
};

const names = [...suites.map(({ name }) => name), ...Object.keys(groups)];

/** What the arguments ask for. Throws an `Error` with a sentence for a suite that there is not. */
function readArguments(args: readonly string[]) {
  const chosen: string[] = [];
  let electron: string | undefined;
  let grep = "";
  for (let index = 0; index < args.length; index++) {
    const [arg = "", next] = args.slice(index);
    const isValue = next !== undefined && !next.startsWith("--") && !names.includes(next);
    if (arg === "--electron") electron = isValue ? next : "stable";
    else if (arg === "--grep") grep = next ?? "";
    else if (names.includes(arg)) chosen.push(arg);
    else throw new Error(`There is no host suite ${arg}. There are: ${names.join(", ")}.`);
    if (arg === "--grep" || (arg === "--electron" && isValue)) index++;
  }
  return { chosen: chosen.length > 0 ? chosen : names, electron, grep };
}

/** Runs the suites (all, or those named) and adds up their checks. */
export async function runHostTests(args: readonly string[]): Promise<Outcome> {
  const { chosen, electron, grep } = readArguments(args);
  const runner = electron === undefined ? inCodeServer : inElectron(electron);
  const outcomes: Outcome[] = [];
  for (const suite of suites) if (chosen.includes(suite.name)) outcomes.push(await runTestsOf(suite, runner, grep));
  for (const [name, run] of Object.entries(groups)) {
    if (electron !== undefined || !chosen.includes(name)) continue;
    console.log(name);
    outcomes.push(await run(grep));
  }
  const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0);
  const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0);
  if (passed + failed > 0) return { passed, failed };
  console.log(`  ✖ No check has a name with: ${grep}`);
  return { passed: 0, failed: 1 };
}
