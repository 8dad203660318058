import { open } from "node:fs/promises";
import { cannotRead } from "./atomicFile.ts";
import { type AuditEntry, auditPath } from "./audit.ts";

/** A change as the log has it, with the account and who made it. */
export interface LoggedChange extends AuditEntry {
  readonly account: string;
  readonly alias?: string;
  readonly region: string;
  /** ARN of the caller. */
  readonly who: string;
  /** `accountKey` of the account. */
  readonly key: string;
}

/** The end of the log of changes. */
export interface AuditLog {
  /** Oldest first. */
  readonly changes: readonly LoggedChange[];
  /** Lines that are no change: torn, or of another version. */
  readonly unreadable: number;
  /** Are there older changes that were not read? */
  readonly cut: boolean;
}

/** About 20,000 changes. */
const MOST_BYTES = 8 * 1024 * 1024;

/** Reads the log of changes of a state folder; at most its last 8 MB. Rejects with an `AccountError` when it cannot be read. */
export async function readAuditLog(folder: string): Promise<AuditLog> {
  const { text, cut } = await tailOf(folder);
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const changes = lines.map(changeIn).filter((change) => change !== undefined);
  return { changes, unreadable: lines.length - changes.length, cut };
}

async function tailOf(folder: string): Promise<{ readonly text: string; readonly cut: boolean }> {
  try {
    const handle = await open(auditPath(folder), "r");
    try {
      const { size } = await handle.stat();
      const position = Math.max(0, size - MOST_BYTES);
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - position), 0, size - position, position);
      const text = buffer.toString("utf8", 0, bytesRead);
      return position === 0 ? { text, cut: false } : { text: text.slice(text.indexOf("\n") + 1), cut: true };
    } finally {
      await handle.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { text: "", cut: false };
    throw cannotRead("log of changes", folder, error);
  }
}

const actions: ReadonlySet<unknown> = new Set<AuditEntry["action"]>([
  "set",
  "apply",
  "undo",
  "kill",
  "restore",
  "forget",
  "load",
]);
const results: ReadonlySet<unknown> = new Set<AuditEntry["result"]>([
  "done",
  "already",
  "changed",
  "refused",
  "failed",
  "unknown",
]);
const texts = ["time", "function", "field", "account", "region", "who", "key"] as const;
const optionalTexts = ["id", "title", "undoes", "alias", "message"] as const;

function changeIn(line: string): LoggedChange | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  const fields = value as Readonly<Record<string, unknown>>;
  const isSound =
    fields.version === 1 &&
    actions.has(fields.action) &&
    results.has(fields.result) &&
    texts.every((name) => typeof fields[name] === "string") &&
    optionalTexts.every((name) => fields[name] === undefined || typeof fields[name] === "string");
  return isSound ? (fields as unknown as LoggedChange) : undefined;
}
