import type { AccountSnapshot, FunctionDetails, LiveFunction, Usage } from "./snapshot.ts";

/**
 * A snapshot that came from outside (a message, a file), or undefined when it is none. A function that is not one is left out, and so are details or use
 * that cannot be what they should be; then the snapshot is no longer `complete`. A sound one is returned as it is, the same object.
 */
export function checkSnapshot(sent: unknown): AccountSnapshot | undefined {
  if (!isRecord(sent) || !hasHead(sent)) return undefined;
  const all: readonly unknown[] = sent.functions;
  const functions = all.flatMap((each) => checkFunction(each) ?? []);
  const sound = functions.length === all.length && functions.every((each, i) => each === all[i]);
  const usageIsSound = sent.usage === undefined || isUsage(sent.usage);
  if (sound && usageIsSound) return sent;
  const { usage, ...rest } = sent;
  const state = functions.length === all.length ? rest.reading.state : "partial";
  return { ...rest, ...(usage && usageIsSound && { usage }), reading: { ...rest.reading, state }, functions };
}

/** All but the functions and the use. */
function hasHead(sent: Readonly<Record<string, unknown>>): sent is Readonly<Record<string, unknown>> & AccountSnapshot {
  const { version, identity, readAt, limit, unreserved, functionCount, learnedFloor, reading, functions, problems } =
    sent;
  return (
    version === 1 &&
    isRecord(identity) &&
    [identity.account, identity.arn, identity.partition, identity.region].every(isText) &&
    [identity.alias, identity.profile, identity.endpoint].every((each) => each === undefined || isText(each)) &&
    isTime(readAt) &&
    isCount(limit) &&
    Number.isSafeInteger(unreserved) &&
    isCount(functionCount) &&
    (learnedFloor === undefined || isCount(learnedFloor)) &&
    isRecord(reading) &&
    ["reading", "complete", "partial"].includes(String(reading.state)) &&
    isCount(reading.known) &&
    isCount(reading.listed) &&
    Array.isArray(functions) &&
    areProblems(problems)
  );
}

function checkFunction(sent: unknown): LiveFunction | undefined {
  if (!isRecord(sent) || !isText(sent.name) || !isText(sent.arn) || !isValue(sent.reserved)) return undefined;
  const { stack, outsidePool, killTags, details, usage, readAt } = sent;
  if (stack !== undefined && !(isRecord(stack) && isText(stack.name) && isText(stack.logicalId))) return undefined;
  if (outsidePool !== undefined && !isText(outsidePool)) return undefined;
  if (killTags !== undefined && !(isRecord(killTags) && Object.values(killTags).every(isText))) return undefined;
  const live = sent as unknown as LiveFunction;
  const wrong = [
    ...(details === undefined || areDetails(details) ? [] : (["details"] as const)),
    ...(usage === undefined || isUsage(usage) ? [] : (["usage"] as const)),
    ...(readAt === undefined || isTime(readAt) ? [] : (["readAt"] as const)),
  ];
  if (wrong.length === 0) return live;
  const copy: Record<string, unknown> = { ...live };
  for (const key of wrong) delete copy[key];
  return copy as unknown as LiveFunction;
}

function areDetails(sent: unknown): sent is FunctionDetails {
  if (!isRecord(sent) || !isTime(sent.readAt)) return false;
  const { provisioned, targets, mappings, problems } = sent;
  const isProvisioned = (each: unknown) =>
    isRecord(each) && isText(each.qualifier) && isCount(each.requested) && isCount(each.allocated);
  return (
    Array.isArray(provisioned) &&
    provisioned.every(isProvisioned) &&
    Array.isArray(targets) &&
    targets.every(isRecord) &&
    Array.isArray(mappings) &&
    mappings.every(isRecord) &&
    areProblems(problems)
  );
}

function isUsage(sent: unknown): sent is Usage {
  if (!isRecord(sent) || !isTime(sent.from) || !isTime(sent.until) || !Array.isArray(sent.concurrency)) return false;
  return [sent.maximum, sent.now, sent.throttles, sent.invocations].every(
    (each) => each === undefined || Number.isFinite(each),
  );
}

function areProblems(sent: unknown): boolean {
  return Array.isArray(sent) && sent.every((each) => isRecord(each) && isText(each.action) && isText(each.message));
}

function isValue(sent: unknown): boolean {
  if (sent === null || isCount(sent)) return true;
  return isRecord(sent) && isText(sent.unknown);
}

function isTime(sent: unknown): boolean {
  return isText(sent) && !Number.isNaN(Date.parse(sent));
}

function isCount(sent: unknown): sent is number {
  return typeof sent === "number" && Number.isSafeInteger(sent) && sent >= 0;
}

function isText(sent: unknown): sent is string {
  return typeof sent === "string";
}

function isRecord(sent: unknown): sent is Readonly<Record<string, unknown>> {
  return typeof sent === "object" && sent !== null && !Array.isArray(sent);
}
