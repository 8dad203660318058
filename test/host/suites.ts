import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Outcome } from "./checkGroup.ts";
import type { Runner, Suite } from "./runners.ts";

/** What runs inside the extension host. */
export const suites: readonly Suite[] = [
  { name: "shop", fixture: "shop", trusted: true },
  { name: "plain", fixture: "plain", trusted: true },
  { name: "account", fixture: "shop", trusted: true },
  { name: "untrusted", fixture: "shop", trusted: false },
  { name: "quiet", fixture: "shop", trusted: true, spied: true },
];

interface Result {
  readonly name: string;
  readonly milliseconds?: number;
  readonly error?: string;
}

/** An environment in which everything is logged that a quiet extension does not do, with credentials that wait to be read. */
function spy(folder: string): Record<string, string> {
  const home = path.join(folder, "home");
  mkdirSync(path.join(home, ".aws"), { recursive: true });
  writeFileSync(path.join(home, ".aws/config"), "[default]\nregion = eu-central-1\n");
  writeFileSync(path.join(home, ".aws/credentials"), "[default]\naws_access_key_id = a\naws_secret_access_key = b\n");
  const log = path.join(folder, "activity.jsonl");
  writeFileSync(log, "");
  const preload = path.join(import.meta.dirname, "activitySpy.cjs");
  return {
    HOME: home,
    USERPROFILE: home,
    ACTIVITY_LOG: log,
    AWS_ACCESS_KEY_ID: "a",
    AWS_SECRET_ACCESS_KEY: "b",
    NODE_OPTIONS: `--require ${JSON.stringify(preload)}`,
  };
}

/** Runs the tests of a suite whose name contains `grep`, on a copy of the suite's fixture, and prints each. */
export async function runTestsOf(suite: Suite, runner: Runner, grep: string): Promise<Outcome> {
  // Short and without links: VS Code puts a socket into it, whose path may have about 100 characters.
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "lc-"));
  const workspace = path.join(folder, suite.fixture);
  const results = path.join(folder, "results.jsonl");
  try {
    cpSync(path.join(import.meta.dirname, "fixtures", suite.fixture), workspace, { recursive: true });
    let failure: string | undefined;
    let log: readonly string[] = [];
    try {
      const env = { HOST_SUITE: suite.name, HOST_RESULTS: results, HOST_GREP: grep, ...(suite.spied && spy(folder)) };
      ({ console: log } = await runner(suite, workspace, path.join(folder, "data"), env));
    } catch (error) {
      failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    }
    const lines = existsSync(results) ? readFileSync(results, "utf8").split("\n").filter(Boolean) : [];
    const tests: readonly Result[] = lines.map((line) => JSON.parse(line));
    for (const { name, milliseconds, error } of tests) {
      console.log(error === undefined ? `  ✔ ${name} (${milliseconds} ms)` : `  ✖ ${name}\n${error}`);
    }
    if (failure === undefined && tests.length === 0 && grep === "") failure = `No test ran.\n${log.join("\n")}`;
    if (failure !== undefined) console.log(`  ✖ ${suite.name}: ${failure}`);
    const failed = tests.filter(({ error }) => error !== undefined).length + (failure === undefined ? 0 : 1);
    return { passed: tests.filter(({ error }) => error === undefined).length, failed };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
