import Mocha from "mocha";
import { report } from "./support.ts";

/** Which suite this run is for; the runner opens the workspace and the trust that it needs. */
const suites: Readonly<Record<string, () => Promise<unknown>>> = {
  account: () => import("./account.ts"),
  shop: () => import("./shop.ts"),
  plain: () => import("./plain.ts"),
  quiet: () => import("./quiet.ts"),
  untrusted: () => import("./untrusted.ts"),
};

/** Entry point for VS Code (`extensionTestsPath`): runs the suite that HOST_SUITE names and writes one line per test to HOST_RESULTS. */
export async function run(): Promise<void> {
  const load = suites[process.env.HOST_SUITE ?? ""];
  if (load === undefined) throw new Error(`HOST_SUITE must be one of ${Object.keys(suites).join(", ")}.`);
  const fgrep = process.env.HOST_GREP;
  const mocha = new Mocha({ ui: "bdd", timeout: 30_000, reporter: "base", ...(fgrep && { fgrep }) });
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  await load();
  const failures = await new Promise<number>((resolve) => {
    const runner = mocha.run(resolve);
    runner.on("pass", (test) => report({ name: test.fullTitle(), milliseconds: test.duration ?? 0 }));
    runner.on("fail", (test, error) => report({ name: test.fullTitle(), error: error.stack ?? String(error) }));
  });
  if (failures > 0) throw new Error(`${failures} failed`);
}
