import type { FileHandle } from "node:fs/promises";
import path from "node:path";
import { type AccountIdentity, accountKey } from "#core";
import { AccountError } from "../accountError.ts";
import { fileProblem, openToAppend } from "./atomicFile.ts";

/** One change of an account by this program, whatever came of it: one line of the log. */
export interface AuditEntry {
  /** ISO 8601. */
  readonly time: string;
  /** What somebody asked for. */
  readonly action: "set" | "apply" | "undo" | "kill" | "restore" | "forget" | "load";
  /** The same for all changes of one kill or one apply. */
  readonly id?: string;
  /** What it was for, in a few words: `orders to 25`. */
  readonly title?: string;
  /** `id` of the apply or set that this one takes back. */
  readonly undoes?: string;
  readonly function: string;
  /** `reserved`, `provisioned:live`, `mapping:UUID`, `target:live`; `tags`: the record of a kill on its function. */
  readonly field: string;
  /** As plain data; null: none. */
  readonly before: unknown;
  readonly after: unknown;
  readonly result: "done" | "already" | "changed" | "refused" | "failed" | "unknown";
  readonly message?: string;
}

/** The open log. */
export interface Audit {
  /**
   * Appends a line. What went wrong comes back as a sentence: a change that is made cannot be unmade for want of a
   * log.
   */
  write(entry: AuditEntry): Promise<string | undefined>;
  close(): Promise<void>;
}

/** Where the log of a state folder is: JSON lines, oldest first. */
export function auditPath(folder: string): string {
  return path.join(folder, "audit.jsonl");
}

/**
 * Opens the log for changes of one account; it is made when there is none. Throws an `AccountError` when it cannot be
 * written: what cannot be logged is not begun.
 */
export async function openAudit(folder: string, identity: AccountIdentity): Promise<Audit> {
  const file = auditPath(folder);
  let handle: FileHandle;
  let torn: boolean;
  try {
    handle = await openToAppend(file);
    torn = await endsInMidLine(handle);
  } catch (error) {
    const message = `The log of changes ${file} cannot be written (${fileProblem(error)}), so nothing was changed. Make it writable, then try again.`;
    throw new AccountError("failed", message, { cause: error });
  }
  const { account, alias, arn, region, profile } = identity;
  const who = {
    account,
    ...(alias === undefined ? {} : { alias }),
    region,
    who: arn,
    ...(profile === undefined ? {} : { profile }),
    key: accountKey(identity),
  };
  return {
    async write({ time, action, ...rest }) {
      const line = `${torn ? "\n" : ""}${JSON.stringify({ version: 1, time, action, ...who, ...rest })}\n`;
      try {
        // One write in append mode, so that lines of several processes do not mix.
        const bytes = Buffer.from(line);
        const { bytesWritten } = await handle.write(bytes);
        await handle.datasync();
        torn = bytesWritten < bytes.length;
        return torn ? `The log of changes ${file} has an incomplete last line: the disk may be full.` : undefined;
      } catch (error) {
        return `The change of ${rest.function} is not in the log of changes ${file}: ${fileProblem(error)}.`;
      }
    },
    close: async () => await handle.close().catch(() => {}),
  };
}

/** Was a process stopped while it wrote the last line? */
async function endsInMidLine(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return false;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== 0x0a;
}
