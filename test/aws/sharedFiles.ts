import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { TestContext } from "node:test";
import { AccountError } from "#aws";

/** A home folder of a test with shared config files. */
export interface SharedFiles {
  readonly folder: string;
  /** What a session is opened with: this home, no credentials, no Region, no EC2. */
  readonly env: Readonly<Record<string, string>>;
  /** Replaces a file below the folder. */
  write(file: string, text: string): string;
}

/**
 * Makes a home folder with these files. The SDK reads some variables of the process itself, so the process gets this environment too, and the one
 * it had back after the test.
 */
export function sharedFiles(test: TestContext, files: Readonly<Record<string, string>> = {}): SharedFiles {
  const folder = mkdtempSync(path.join(tmpdir(), "lambda-concurrency-home-"));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  const write = (file: string, text: string) => {
    const full = path.join(folder, file);
    mkdirSync(path.dirname(full), { recursive: true });
    writeFileSync(full, text);
    return full;
  };
  for (const [file, text] of Object.entries(files)) write(file, text);
  const env = {
    HOME: folder,
    AWS_CONFIG_FILE: path.join(folder, ".aws/config"),
    AWS_SHARED_CREDENTIALS_FILE: path.join(folder, ".aws/credentials"),
    AWS_EC2_METADATA_DISABLED: "true",
  };
  setEnvironment(test, env);
  return { folder, env, write };
}

/** Sets variables of the process until the test has ended. */
export function setEnvironment(test: TestContext, variables: Readonly<Record<string, string>>): void {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  test.after(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
}

/** Kind and sentence of the `AccountError` that something rejects with. */
export async function accountError(promise: Promise<unknown>): Promise<readonly [string, string]> {
  try {
    await promise;
  } catch (error) {
    if (!(error instanceof AccountError)) throw error;
    return [error.kind, error.message];
  }
  throw new Error("An AccountError was expected.");
}
