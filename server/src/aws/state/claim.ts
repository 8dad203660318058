import { createHash, randomBytes } from "node:crypto";
import { readdir, stat, unlink, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ahead, momentText } from "#core";
import { writeAtomically } from "./atomicFile.ts";
import { readWhole } from "./readFiles.ts";

/** The right to work on one function, until it is released or the process ends. */
export interface Claim {
  release(): Promise<void>;
  /** False once somebody has revoked it. */
  isHeld(): Promise<boolean>;
}

/** A claim that was not renewed for so long is of a process that is gone, whatever its number says. */
const STALE = 5 * 60_000;
const RENEW = 60_000;
const TRIES = 5;
const LARGEST = 1024 * 1024;

/**
 * Claims a subject for this process; undefined when a living process has it. Each process writes a file of its own
 * name and then looks for others: of two that come at the same time at least one sees the other and withdraws, so a
 * file is only ever removed by its owner or when its owner is gone.
 */
export async function claimIn(folder: string, subject: string): Promise<Claim | undefined> {
  const hash = hashOf(subject);
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const own = `${hash}.${randomBytes(8).toString("hex")}`;
    const file = path.join(folder, own);
    // Whole or not at all: a claim without an owner, as a full disk leaves it, would keep everybody away until it is
    // stale.
    await writeAtomically(file, JSON.stringify({ host: hostname(), pid: process.pid }));
    const others = (await readdir(folder)).filter((name) => name.startsWith(`${hash}.`) && name !== own);
    const living = await Promise.all(others.map((name) => isLiving(path.join(folder, name))));
    if (!living.includes(true)) return held(file);
    await unlink(file);
    await sleep(Math.random() * 20 * attempt);
  }
  return undefined;
}

function hashOf(subject: string): string {
  return createHash("sha256").update(subject).digest("base64url").slice(0, 22);
}

function held(file: string): Claim {
  const renew = () => {
    const now = new Date();
    utimes(file, now, now).catch(() => {});
  };
  const timer = setInterval(renew, RENEW);
  timer.unref();
  return {
    async release() {
      clearInterval(timer);
      await unlink(file).catch(() => {});
    },
    async isHeld() {
      return await stat(file).then(
        () => true,
        (error: NodeJS.ErrnoException) => error.code !== "ENOENT",
      );
    },
  };
}

/** Takes a subject from whoever has claimed it, who has to look whether the claim is still held. */
export async function revokeIn(folder: string, subject: string): Promise<void> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith(`${hashOf(subject)}.`));
  for (const name of names) await unlink(path.join(folder, name)).catch(() => {});
}

/** Which process holds a claim on this, and when that ends, as sentences that say what to do. */
export async function holderIn(folder: string, subject: string): Promise<string> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith(`${hashOf(subject)}.`));
  for (const name of names) {
    const found = await claimOf(path.join(folder, name)).catch(() => undefined);
    if (found === undefined) continue;
    const { host, pid, ends } = found;
    if (host === hostname()) return `Process ${pid} on this machine is at it: wait until it has ended, then try again.`;
    const now = new Date();
    const until = `${momentText(ends, now)} (${ahead(ends, now)})`;
    return `Process ${pid ?? "unknown"} on ${host ?? "an unknown machine"} is at it. If it is gone, it keeps others away until ${until}: try again then.`;
  }
  return "It has just ended: try again.";
}

/** Is the process that wrote this claim at work? The files of those that are gone are removed. */
async function isLiving(file: string): Promise<boolean> {
  try {
    const { host, pid, ends } = await claimOf(file);
    const here = host === hostname() && pid !== undefined;
    if (ends.getTime() > Date.now() && (!here || runs(pid))) return true;
    await unlink(file);
    return false;
  } catch (error) {
    // Removed meanwhile; whatever else keeps it from being read may keep its owner at work.
    return (error as NodeJS.ErrnoException).code !== "ENOENT";
  }
}

interface Owner {
  readonly host?: string;
  readonly pid?: number;
}

/** Whose claim it is, and when it counts no longer unless it is renewed. */
async function claimOf(file: string): Promise<Owner & { readonly ends: Date }> {
  const { mtimeMs } = await stat(file);
  return { ...ownerIn(await readWhole(file, LARGEST)), ends: new Date(mtimeMs + STALE) };
}

/** A claim that cannot be understood has no known owner, and counts until it is stale. */
function ownerIn(text: string): Owner {
  try {
    const { host, pid } = JSON.parse(text);
    return { ...(typeof host === "string" && { host }), ...(typeof pid === "number" && { pid }) };
  } catch {
    return {};
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
