import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { UsageError } from "../exitCodes.ts";
import type { Io } from "../io.ts";
import type { Options } from "../options.ts";

/** Lambda takes 6 MB in a synchronous invocation. */
const MOST_BYTES = 6 * 1024 * 1024;

/** What is sent with each request. */
export interface Payload {
  /** As it was named. */
  readonly file: string;
  readonly text: string;
}

/** The content of `--event`, if it is given. Throws a `UsageError` when it cannot be read or is no JSON, which Lambda would refuse. */
export async function payloadOf(options: Options, io: Io): Promise<Payload | undefined> {
  const file = options.text("event");
  if (file === undefined) return undefined;
  const text = await readFile(resolve(io.cwd, file), "utf8").catch(() => {
    throw new UsageError(`${file} cannot be read. --event takes a file with JSON.`);
  });
  if (Buffer.byteLength(text) > MOST_BYTES) throw new UsageError(`${file} is larger than the 6 MB that Lambda takes.`);
  try {
    JSON.parse(text);
  } catch {
    throw new UsageError(`${file} is no JSON. --event takes a file with JSON.`);
  }
  return { file, text };
}
