/**
 * Runs the suite inside a real VS Code: `npm run test:host [-- --electron [version]] [suite…]`. By default that is the VS Code of
 * the npm package code-server in a headless browser; `--electron` takes the desktop VS Code that @vscode/test-electron downloads.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser } from "playwright-core";
import { checkChanges } from "./changes.ts";
import { launchChromium } from "./chromium.ts";
import { type Host, startHost } from "./codeServer.ts";
import { checkKillSwitch } from "./killSwitch.ts";
import { checkStart } from "./start.ts";
import { runSuite } from "./workbench.ts";

/** One run of VS Code: a suite, the fixture it opens, and whether the folder is trusted. */
interface Run {
  readonly suite: string;
  readonly fixture: string;
  readonly trusted: boolean;
  /** Connections, processes and opened credential files are logged. */
  readonly spied?: boolean;
}

const runs: readonly Run[] = [
  { suite: "shop", fixture: "shop", trusted: true },
  { suite: "plain", fixture: "plain", trusted: true },
  { suite: "account", fixture: "shop", trusted: true },
  { suite: "untrusted", fixture: "shop", trusted: false },
  { suite: "quiet", fixture: "shop", trusted: true, spied: true },
];

const root = path.join(import.meta.dirname, "../..");
const suiteTimeout = 240_000;

interface Result {
  readonly name: string;
  readonly milliseconds?: number;
  readonly error?: string;
}

/** Runs a suite in a VS Code and gives its console; the results are in the file that HOST_RESULTS names. */
type Runner = (
  run: Run,
  workspace: string,
  data: string,
  env: Record<string, string>,
) => Promise<{ readonly console: readonly string[] }>;

const inCodeServer: Runner = async (run, workspace, data, env) => {
  const browser = await launchChromium();
  let host: Host | undefined;
  try {
    host = await startHost({ data, trust: !run.trusted, env });
    console.log(`VS Code ${host.version} (code-server), ${run.suite}`);
    return await runSuite({
      host,
      browser,
      folder: workspace,
      extensionDevelopmentPath: root,
      extensionTestsPath: path.join(root, "dist-test/index.cjs"),
      timeout: suiteTimeout,
    });
  } finally {
    await browser.close();
    await host?.stop();
  }
};

const inElectron =
  (version: string): Runner =>
  async (run, workspace, data, env) => {
    const { runTests } = await import("@vscode/test-electron");
    console.log(`VS Code ${version} (desktop), ${run.suite}`);
    const quiet = [
      "--disable-extensions",
      "--skip-welcome",
      "--skip-release-notes",
      `--user-data-dir=${path.join(data, "user")}`,
    ];
    const trust = run.trusted ? ["--disable-workspace-trust"] : [];
    await runTests({
      version,
      extensionDevelopmentPath: root,
      extensionTestsPath: path.join(root, "dist-test/index.cjs"),
      extensionTestsEnv: env,
      launchArgs: [workspace, ...quiet, ...trust],
    }).catch((error: unknown) => console.error(String(error)));
    return { console: [] };
  };

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

/** Runs one suite on a copy of its fixture and prints each test. */
async function runOne(run: Run, runner: Runner): Promise<{ readonly passed: number; readonly failed: number }> {
  // Short and without links: VS Code puts a socket into it, whose path may have about 100 characters.
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "lc-"));
  const workspace = path.join(folder, run.fixture);
  const results = path.join(folder, "results.jsonl");
  try {
    cpSync(path.join(import.meta.dirname, "fixtures", run.fixture), workspace, { recursive: true });
    let failure: string | undefined;
    let log: readonly string[] = [];
    try {
      const env = { HOST_SUITE: run.suite, HOST_RESULTS: results, ...(run.spied && spy(folder)) };
      ({ console: log } = await runner(run, workspace, path.join(folder, "data"), env));
    } catch (error) {
      failure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    }
    const lines = existsSync(results) ? readFileSync(results, "utf8").split("\n").filter(Boolean) : [];
    const tests: readonly Result[] = lines.map((line) => JSON.parse(line));
    for (const { name, milliseconds, error } of tests) {
      console.log(error === undefined ? `  ✔ ${name} (${milliseconds} ms)` : `  ✖ ${name}\n${error}`);
    }
    if (failure === undefined && tests.length === 0) failure = `No test ran.\n${log.join("\n")}`;
    if (failure !== undefined) console.log(`  ✖ ${run.suite}: ${failure}`);
    const failed = tests.filter(({ error }) => error !== undefined).length + (failure === undefined ? 0 : 1);
    return { passed: tests.filter(({ error }) => error === undefined).length, failed };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** What is tried from outside of VS Code, with keyboard and mouse: dialogs cannot be answered from inside. */
const driven: Readonly<Record<string, { readonly name: string; readonly check: (browser: Browser) => Promise<void> }>> =
  {
    changes: {
      name: "changes of an account by keyboard: cancelled ones call nothing, confirmed ones are made and nothing else",
      check: checkChanges,
    },
    kills: {
      name: "the kill switch by keyboard and a restore by mouse: cancelled calls nothing, restored equals before in every field, also across machines",
      check: checkKillSwitch,
    },
    start: {
      name: "npm start shows the findings of the examples and a busy account behind a secret address, and ends cleanly",
      check: checkStart,
    },
  };

/** Runs one of these. */
async function runDriven(which: string): Promise<{ readonly passed: number; readonly failed: number }> {
  const found = driven[which];
  if (found === undefined) throw new Error(`There is no ${which}.`);
  const { name, check } = found;
  console.log(which);
  const browser = await launchChromium();
  try {
    const start = performance.now();
    await check(browser);
    console.log(`  ✔ ${name} (${Math.round(performance.now() - start)} ms)`);
    return { passed: 1, failed: 0 };
  } catch (error) {
    console.log(`  ✖ ${name}\n${error instanceof Error ? error.stack : error}`);
    return { passed: 0, failed: 1 };
  } finally {
    await browser.close();
  }
}

/** Runs the suites (all, or those named) and adds up their tests. */
export async function runHostTests(
  args: readonly string[],
): Promise<{ readonly passed: number; readonly failed: number }> {
  const electron = args.indexOf("--electron");
  const version = args[electron + 1];
  const isVersion = electron !== -1 && version !== undefined && !runs.some(({ suite }) => suite === version);
  const runner = electron === -1 ? inCodeServer : inElectron(isVersion ? version : "stable");
  const named = args.filter((name) => name in driven || runs.some(({ suite }) => suite === name));
  const chosen = runs.filter(({ suite }) => args.includes(suite));
  let passed = 0;
  let failed = 0;
  for (const run of named.length > 0 ? chosen : runs) {
    const outcome = await runOne(run, runner);
    passed += outcome.passed;
    failed += outcome.failed;
  }
  for (const which of electron === -1 ? Object.keys(driven) : []) {
    if (named.length > 0 && !named.includes(which)) continue;
    const outcome = await runDriven(which);
    passed += outcome.passed;
    failed += outcome.failed;
  }
  return { passed, failed };
}
