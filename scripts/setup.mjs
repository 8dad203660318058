/**
 * Makes a fresh clone ready, then runs a script of the project with the project's own Node 24:
 * `node scripts/setup.mjs [script [arguments…]]`. Runs on any Node from 20 on and needs no packages.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const modules = path.join(root, "node_modules");
const node = path.join(modules, "node", "bin", process.platform === "win32" ? "node.exe" : "node");

/** The packages a lock file lists, by folder; empty when the file is missing or broken. */
function locked(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages ?? {};
  } catch {
    return {};
  }
}

/** Whether `node_modules` is what `package-lock.json` asks for (npm notes what it installed in a lock file of its own). */
function isInstalled() {
  const wanted = Object.entries(locked(path.join(root, "package-lock.json"))).filter(([folder]) => folder !== "");
  const installed = locked(path.join(modules, ".package-lock.json"));
  return (
    existsSync(node) &&
    wanted.every(([folder, { version, optional }]) =>
      installed[folder] === undefined ? optional === true : installed[folder].version === version,
    )
  );
}

/** Installs the locked packages; a second and third try for networks that stutter. */
function install() {
  for (let attempt = 1; attempt <= 3; attempt++) {
    console.log(attempt === 1 ? "Installing packages (npm ci)" : `Installing packages, attempt ${attempt} of 3`);
    const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      shell: process.platform === "win32",
    });
    if (status === 0 && existsSync(node)) return;
  }
  console.error(
    existsSync(path.join(modules, "node"))
      ? "Node 24 is missing in node_modules: its install script did not run. Run `npm ci --ignore-scripts=false` and try again."
      : "`npm ci` failed three times. Check the network and the npm registry, then try again.",
  );
  process.exit(1);
}

/** Runs a script with Node 24 first on the PATH and ends as it ends. */
function run(script, args) {
  const PATH = `${path.dirname(node)}${path.delimiter}${path.join(modules, ".bin")}${path.delimiter}${process.env.PATH ?? ""}`;
  const child = spawn(node, [path.join(root, script), ...args], {
    stdio: "inherit",
    env: { ...process.env, PATH },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  // npm does not pass a signal on to what it runs: when npm is gone, what it started ends as well.
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill("SIGTERM"), 500).unref();
  child.on("exit", (code, signal) => process.exit(code ?? (signal === null ? 1 : 130)));
}

if (!isInstalled()) install();
const [script, ...args] = process.argv.slice(2);
if (script !== undefined) run(script, args);
