import type { PlanFunction, PlanStep } from "#core";
import { isCount } from "../invalidMember.ts";
import type { ApplyRecord, RemovedConfig } from "./applyRecord.ts";

type Fields = Readonly<Record<string, unknown>>;

/** An apply record from JSON of any shape; undefined when something is missing or is not what it should be. */
export function readApplyRecord(value: unknown): ApplyRecord | undefined {
  if (!isFields(value) || value.version !== 1) return undefined;
  const { id, key, who, at, title, mode, floor, next, undoes } = value;
  const steps = every(value.steps, readStep);
  const away = every(value.away, readRemoved);
  const before = every(value.before, readFunctionState);
  if (!isText(id) || !/^[\w-]{1,64}$/.test(id) || !isText(key) || !isText(who) || !isText(at) || !isText(title))
    return undefined;
  if (mode !== "apply" && mode !== "set" && mode !== "undo") return undefined;
  if (steps === undefined || away === undefined || before === undefined) return undefined;
  if (!isCount(floor) || !isCount(next) || next > steps.length) return undefined;
  if (undoes !== undefined && !isText(undoes)) return undefined;
  const taken = undoes === undefined ? {} : { undoes };
  return { version: 1, id, key, who, at, title, mode, ...taken, floor, steps, next, away, before };
}

function readStep(value: unknown): PlanStep | undefined {
  if (!isFields(value)) return undefined;
  const { kind, name, from, to, unreserved, qualifier, requested } = value;
  if (!isName(name) || (unreserved !== undefined && !Number.isSafeInteger(unreserved))) return undefined;
  const common = { name, ...(unreserved !== undefined && { unreserved: Number(unreserved) }) };
  if (kind === "put" && isReservation(from) && isCount(to)) return { kind, ...common, from, to };
  if (kind === "delete" && isCount(from)) return { kind, ...common, from };
  if (kind !== "deleteProvisioned" && kind !== "putProvisioned") return undefined;
  return isQualifier(qualifier) && isCount(requested) ? { kind, ...common, qualifier, requested } : undefined;
}

function readRemoved(value: unknown): RemovedConfig | undefined {
  if (!isFields(value)) return undefined;
  const { name, qualifier, requested } = value;
  return isName(name) && isQualifier(qualifier) && isCount(requested) ? { name, qualifier, requested } : undefined;
}

function readFunctionState(value: unknown): PlanFunction | undefined {
  if (!isFields(value)) return undefined;
  const { name, reserved } = value;
  const provisioned = every(value.provisioned, (config) =>
    readRemoved(isFields(config) ? { name, ...config } : config),
  );
  if (!isName(name) || !isReservation(reserved) || provisioned === undefined) return undefined;
  return { name, reserved, provisioned: provisioned.map(({ qualifier, requested }) => ({ qualifier, requested })) };
}

function every<T>(value: unknown, read: (item: unknown) => T | undefined): readonly T[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = value.map(read);
  return items.includes(undefined) ? undefined : items.filter((item) => item !== undefined);
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** The name of a function, without account and version. */
function isName(value: unknown): value is string {
  return typeof value === "string" && /^[\w-]{1,64}$/.test(value);
}

/** An alias or a version. */
function isQualifier(value: unknown): value is string {
  return typeof value === "string" && /^[\w-]{1,128}$/.test(value);
}

function isReservation(value: unknown): value is number | null {
  return value === null || isCount(value);
}
