import type { AccountSnapshot, AccountUsage, FunctionDetails, LiveFunction, ReadingProblem, Usage } from "#core";

/** What was read beside the snapshot of one account: on demand, function by function. */
export interface LiveParts {
  /** Functions that were read again alone; `null`: gone. */
  readonly functions: ReadonlyMap<string, LiveFunction | null>;
  readonly details: ReadonlyMap<string, FunctionDetails>;
  readonly usage: ReadonlyMap<string, Usage>;
  readonly accountUsage: AccountUsage | undefined;
  readonly problems: readonly ReadingProblem[];
}

/** The snapshot with what was read beside it; of two readings of one function the later one counts. */
export function compose(snapshot: AccountSnapshot, parts: LiveParts): AccountSnapshot {
  const names = new Set(snapshot.functions.map(({ name }) => name));
  const added = [...parts.functions].flatMap(([name, fn]) => (fn === null || names.has(name) ? [] : [fn]));
  const listed = added.length === 0 ? snapshot.functions : [...snapshot.functions, ...added].sort(byName);
  const functions = listed.flatMap((fn) => {
    const current = later(fn, parts.functions.get(fn.name));
    return current === null ? [] : [withParts(current, fn, parts)];
  });
  const known = new Set(snapshot.problems.map(({ action }) => action));
  const problems = [...snapshot.problems, ...parts.problems.filter(({ action }) => !known.has(action))];
  const usage = parts.accountUsage ?? snapshot.usage;
  return { ...snapshot, functions, problems, ...(usage === undefined ? {} : { usage }) };
}

function byName(a: LiveFunction, b: LiveFunction): number {
  return a.name < b.name ? -1 : 1;
}

function later(listed: LiveFunction, alone: LiveFunction | null | undefined): LiveFunction | null {
  if (alone === undefined) return listed;
  if (alone === null || listed.readAt === undefined) return alone;
  return (alone.readAt ?? "") >= listed.readAt ? alone : listed;
}

function withParts(current: LiveFunction, listed: LiveFunction, parts: LiveParts): LiveFunction {
  const details = parts.details.get(current.name) ?? current.details ?? listed.details;
  const usage = parts.usage.get(current.name) ?? current.usage ?? listed.usage;
  return { ...current, ...(details === undefined ? {} : { details }), ...(usage === undefined ? {} : { usage }) };
}
