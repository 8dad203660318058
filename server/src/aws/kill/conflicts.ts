import { boundsText, capital, isVersion, type KillRecord, mappingName, num, qualifierText, valueText } from "#core";
import { isKilledTo, isSuspended } from "./killedAs.ts";
import type { FreshFunction } from "./readKillFacts.ts";
import { mappingAction } from "./readOwnMappings.ts";
import type { Qualifiers } from "./readQualifiers.ts";

/** Something that is neither as the kill left it nor as it was before: somebody changed it since. */
export interface Conflict {
  /** As in `StepResult`; `provisioned:live` also when the kill knew none there. */
  readonly field: string;
  /** A sentence. */
  readonly message: string;
}

/** What a restore would overwrite, or cannot put back because it is gone. */
export function findConflicts(
  record: KillRecord,
  fresh: FreshFunction,
  qualifiers: Qualifiers = new Map(),
): readonly Conflict[] {
  const { name, before, killedTo } = record;
  const { reserved } = fresh.live;
  const overwritten: readonly Conflict[] =
    isKilledTo(record, reserved) || reserved === before.reserved
      ? []
      : [
          {
            field: "reserved",
            message: `The reservation of ${name} is ${valueText(reserved)}: the kill set it to ${killedTo}, and before it was ${valueText(before.reserved)}.`,
          },
        ];
  return [
    ...overwritten,
    ...provisionedConflicts(record, fresh, qualifiers),
    ...mappingConflicts(record, fresh),
    ...targetConflicts(record, fresh),
  ];
}

/** A version and an alias of it cannot both have provisioned concurrency. */
function provisionedConflicts(
  { name, before }: KillRecord,
  { details: { provisioned } }: FreshFunction,
  qualifiers: Qualifiers,
): readonly Conflict[] {
  const was = (qualifier: string) => before.provisioned.find((config) => config.qualifier === qualifier)?.requested;
  const foreign = provisioned.filter(({ qualifier, requested }) => was(qualifier) !== requested);
  const missing = before.provisioned.filter(({ qualifier }) => !provisioned.some((one) => one.qualifier === qualifier));
  return [
    ...foreign.map(({ qualifier, requested }) => ({
      field: `provisioned:${qualifier}`,
      message: `${qualified(qualifier, name)} has provisioned concurrency ${num(requested)}; before the kill it had ${valueText(was(qualifier) ?? null)}.`,
    })),
    ...missing.flatMap(({ qualifier, requested }) => {
      const field = `provisioned:${qualifier}`;
      const is = qualifiers.get(qualifier);
      const lost = `its provisioned concurrency ${num(requested)} cannot come back.`;
      if (is === "gone") return { field, message: `${qualified(qualifier, name)} is gone: ${lost}` };
      const taken = provisioned.find(({ qualifier: other }) => isPair([qualifier, is], [other, qualifiers.get(other)]));
      if (taken === undefined) return [];
      const message = `${qualified(qualifier, name)} is the same version as ${qualifierText(taken.qualifier)}, which has provisioned concurrency ${num(taken.requested)}: ${lost}`;
      return { field, message };
    }),
  ];
}

type Named = readonly [string, ReturnType<Qualifiers["get"]>];

/** Is one of them the version that the other, an alias, stands for? */
function isPair([one, oneIs]: Named, [other, otherIs]: Named): boolean {
  const same = typeof oneIs === "object" && typeof otherIs === "object" && oneIs.version === otherIs.version;
  return same && isVersion(one) !== isVersion(other);
}

function qualified(qualifier: string, name: string): string {
  return `${capital(qualifierText(qualifier))} of ${name}`;
}

function mappingConflicts({ name, before }: KillRecord, { details }: FreshFunction): readonly Conflict[] {
  if (!known("lambda:ListEventSourceMappings", details)) return [];
  const cannotTell = !known(mappingAction, details);
  return before.mappings.flatMap(({ uuid, maximumConcurrency: was }) => {
    const field = `mapping:${uuid}`;
    const now = details.mappings.find((mapping) => mapping.uuid === uuid);
    if (now === undefined && cannotTell)
      return {
        field,
        message: `Whether the event source mapping ${uuid} belongs to ${name} cannot be told without ${mappingAction}.`,
      };
    if (now === undefined) return { field, message: `The event source mapping ${uuid} of ${name} is gone.` };
    const { maximumConcurrency: is } = now;
    if (is === was) return [];
    const message = `${mappingName(now)} of ${name} has maximum concurrency ${valueText(is ?? null)}; before the kill it was ${valueText(was ?? null)}.`;
    return { field, message };
  });
}

function targetConflicts({ name, before }: KillRecord, { details }: FreshFunction): readonly Conflict[] {
  if (!known("application-autoscaling:DescribeScalableTargets", details)) return [];
  return before.targets.flatMap((target) => {
    const now = details.targets.find(({ qualifier }) => qualifier === target.qualifier);
    const field = `target:${target.qualifier}`;
    const range = boundsText({ min: target.minimum, max: target.maximum });
    const what = `The scaling target of ${name}, ${qualifierText(target.qualifier)},`;
    if (now === undefined) return { field, message: `${what} (${range}) is gone.` };
    if (now.minimum !== target.minimum || now.maximum !== target.maximum)
      return {
        field,
        message: `${what} is ${boundsText({ min: now.minimum, max: now.maximum })}; before the kill it was ${range}.`,
      };
    if (isSuspended(now) || JSON.stringify(flags(now)) === JSON.stringify(flags(target))) return [];
    return {
      field,
      message: `Somebody resumed parts of the auto scaling of ${name}, ${qualifierText(target.qualifier)}.`,
    };
  });
}

function known(action: string, { problems }: FreshFunction["details"]): boolean {
  return !problems.some((problem) => problem.action === action);
}

function flags({ suspended }: KillRecord["before"]["targets"][number]): readonly boolean[] {
  return [suspended.in, suspended.out, suspended.scheduled];
}
