import type { AccountSnapshot, LiveFunction } from "../accountSnapshot.ts";
import { isObject, open } from "./shape.ts";
import { snapshotMembers } from "./snapshotShape.ts";

const { snapshot, liveFunction } = snapshotMembers(open);
const { functions: _, usage: isUsage, ...head } = snapshot;
const hasHead = open(head);

/** Without these, or with others than these should be, a function is none. */
const needed: ReadonlySet<string> = new Set(["name", "arn", "reserved", "stack", "outsidePool", "killTags"]);

/**
 * A snapshot that came from outside (a message, a file), or undefined when it is none. A function that is not one is left out, and so is what else is known
 * of one and cannot be what it should be; then the snapshot is no longer `complete`. A sound one is returned as it is, the same object.
 */
export function checkSnapshot(sent: unknown): AccountSnapshot | undefined {
  if (!hasHead(sent) || !isObject(sent) || !Array.isArray(sent.functions)) return undefined;
  const all: readonly unknown[] = sent.functions;
  const functions = all.flatMap((each) => checkFunction(each) ?? []);
  const sound = functions.length === all.length && functions.every((each, i) => each === all[i]);
  const { usage, ...rest } = sent as unknown as AccountSnapshot;
  const usageIsSound = isUsage(usage);
  if (sound && usageIsSound) return sent as unknown as AccountSnapshot;
  const state = functions.length === all.length ? rest.reading.state : "partial";
  return { ...rest, ...(usage && usageIsSound && { usage }), reading: { ...rest.reading, state }, functions };
}

function checkFunction(sent: unknown): LiveFunction | undefined {
  if (!isObject(sent)) return undefined;
  const wrong = Object.entries(liveFunction).flatMap(([name, shape]) => (shape(sent[name]) ? [] : [name]));
  if (wrong.length === 0) return sent as unknown as LiveFunction;
  if (wrong.some((name) => needed.has(name))) return undefined;
  return Object.fromEntries(Object.entries(sent).filter(([name]) => !wrong.includes(name))) as unknown as LiveFunction;
}
