import { spawn } from "node:child_process";
import path from "node:path";

/** Folder of the repository. */
export const root: string = path.dirname(import.meta.dirname);

/** Runs a program in the repository with our standard streams and gives its exit code; a signal counts as 1. */
export function runCommand(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: ["ignore", "inherit", "inherit"],
      env: { ...process.env, ...env },
    });
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

/** Runs a script with the Node that runs us. */
export function runNode(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<number> {
  return runCommand(process.execPath, args, env);
}

/** The file behind a package's command, to be run with `runNode` (works on every system, without shims). */
export function packageBin(name: string, file: string): string {
  return path.join(root, "node_modules", name, file);
}
