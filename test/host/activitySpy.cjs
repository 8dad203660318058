/**
 * Loaded into VS Code's server (NODE_OPTIONS=--require) and from there into every process it forks, by the test that the extension
 * is quiet: writes each outgoing connection, each name lookup, each started process, each opened credential file and the AWS
 * variables that a process starts with to the file ACTIVITY_LOG, one JSON line each, with the process that did it.
 */
const { appendFileSync } = require("node:fs");
const childProcess = require("node:child_process");
const dns = require("node:dns");
const fs = require("node:fs");
const { syncBuiltinESMExports } = require("node:module");
const net = require("node:net");

const log = process.env.ACTIVITY_LOG;

/** Which process of the host this is. */
function processName() {
  const line = process.argv.join(" ");
  if (line.includes("server.cjs")) return "language server";
  if (line.includes("--type=extensionHost")) return "extension host";
  return line.includes("cli.js") ? "command line" : "other";
}

function note(kind, what) {
  const entry = { process: processName(), kind, what, stack: new Error().stack };
  appendFileSync(log, `${JSON.stringify(entry)}\n`);
}

/** Puts a note before each call of a function of a module. */
function watch(owner, name, kind, describe) {
  const original = owner[name];
  if (typeof original !== "function") return;
  owner[name] = function watched(...args) {
    const what = describe(...args);
    if (what !== undefined) note(kind, what);
    return original.apply(this, args);
  };
}

if (log !== undefined) {
  Error.stackTraceLimit = 100;
  note(
    "environment",
    Object.keys(process.env)
      .filter((name) => name.startsWith("AWS_"))
      .join(" "),
  );
  watch(net.Socket.prototype, "connect", "socket", (...args) => {
    const [options] = Array.isArray(args[0]) ? args[0] : args;
    if (typeof options === "object" && options !== null) return options.path ?? `${options.host}:${options.port}`;
    return String(options);
  });
  for (const name of ["lookup", "resolve"]) watch(dns, name, "lookup", String);
  for (const name of ["spawn", "fork", "exec", "execFile", "spawnSync", "execSync", "execFileSync"])
    watch(childProcess, name, "process", (file, args) => [file, ...(Array.isArray(args) ? args : [])].join(" "));
  // VS Code takes NODE_OPTIONS away from the processes it forks.
  const { fork } = childProcess;
  childProcess.fork = function forkWatched(file, args = [], options = {}) {
    const list = Array.isArray(args) ? args : [];
    const given = Array.isArray(args) ? options : args;
    const execArgv = ["--require", __filename, ...(given.execArgv ?? [])];
    return fork.call(this, file, list, { ...given, execArgv });
  };
  const credentials = (file) => (/[\\/]\.aws[\\/]/.test(String(file)) ? String(file) : undefined);
  for (const name of ["open", "openSync", "readFile", "readFileSync", "createReadStream", "access", "stat", "statSync"])
    watch(fs, name, "file", credentials);
  for (const name of ["open", "readFile", "access", "stat"]) watch(fs.promises, name, "file", credentials);
  syncBuiltinESMExports();
}
