import path from "node:path";
import { launchChromium } from "./chromium.ts";
import { type Host, startHost } from "./codeServer.ts";
import { runSuite } from "./workbench.ts";

const root = path.join(import.meta.dirname, "../..");
const suiteTimeout = 240_000;

/** One run of VS Code with a suite inside its extension host: a suite, the fixture it opens, and whether the folder is trusted. */
export interface Suite {
  readonly name: string;
  readonly fixture: string;
  readonly trusted: boolean;
  /** Connections, processes and opened credential files are logged. */
  readonly spied?: boolean;
}

/** Runs a suite in a VS Code and gives its console; the results are in the file that HOST_RESULTS names. */
export type Runner = (
  suite: Suite,
  workspace: string,
  data: string,
  env: Record<string, string>,
) => Promise<{ readonly console: readonly string[] }>;

/** In the VS Code of the npm package code-server, in a headless browser. */
export const inCodeServer: Runner = async (suite, workspace, data, env) => {
  const browser = await launchChromium();
  let host: Host | undefined;
  try {
    host = await startHost({ data, trust: !suite.trusted, env });
    console.log(`VS Code ${host.version} (code-server), ${suite.name}`);
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

/** In the desktop VS Code that @vscode/test-electron downloads. */
export const inElectron =
  (version: string): Runner =>
  async (suite, workspace, data, env) => {
    const { runTests } = await import("@vscode/test-electron");
    console.log(`VS Code ${version} (desktop), ${suite.name}`);
    const quiet = [
      "--disable-extensions",
      "--skip-welcome",
      "--skip-release-notes",
      `--user-data-dir=${path.join(data, "user")}`,
    ];
    const trust = suite.trusted ? ["--disable-workspace-trust"] : [];
    await runTests({
      version,
      extensionDevelopmentPath: root,
      extensionTestsPath: path.join(root, "dist-test/index.cjs"),
      extensionTestsEnv: env,
      launchArgs: [workspace, ...quiet, ...trust],
    }).catch((error: unknown) => console.error(String(error)));
    return { console: [] };
  };
