import {
  type AccountSnapshot,
  compareNames,
  groupOf,
  isKilled,
  type LiveFunction,
  many,
  num,
  resourceName,
  sourceWords,
} from "#core";
import type { PoolView } from "#protocol";

/** Something that the kill switch offers: a function, or several as one. */
export interface KillTarget {
  /** Unique, and the same while the account is being read. */
  readonly id: string;
  readonly kind: "group" | "stack" | "function";
  readonly label: string;
  readonly description: string;
  /** What a group or stack means, and what of it is not found. */
  readonly detail?: string;
  /** FunctionNames. */
  readonly names: readonly string[];
}

/** Everything that can be switched off: kill groups of the budgets, stacks, functions. What runs comes before what is off already. */
export function killTargets(snapshot: AccountSnapshot, pools: readonly PoolView[]): readonly KillTarget[] {
  const functions = [...snapshot.functions].sort(
    (a, b) => Number(isOff(a)) - Number(isOff(b)) || compareNames(a.name, b.name),
  );
  return [...groups(pools), ...stacks(snapshot.functions), ...functions.map(ofFunction)];
}

function groups(pools: readonly PoolView[]): readonly KillTarget[] {
  const live = pools.filter((pool) => pool.live && (pool.killGroups?.length ?? 0) > 0);
  return live.flatMap((pool) =>
    (pool.killGroups ?? []).map(({ name, names, unmatched }): KillTarget => {
      const missing = unmatched.length === 0 ? [] : [`not found: ${unmatched.join(", ")}`];
      return {
        id: `group/${pool.id}/${name}`,
        kind: "group",
        label: name,
        description: [many(names.length, "function"), ...(live.length > 1 ? [`pool ${pool.name}`] : [])].join(" · "),
        detail: [...(names.length === 0 ? [] : [names.join(", ")]), ...missing].join(" · "),
        names,
      };
    }),
  );
}

function stacks(functions: readonly LiveFunction[]): readonly KillTarget[] {
  const members = new Map<string, string[]>();
  for (const { name, stack } of functions) {
    if (stack === undefined) continue;
    const known = members.get(stack.name);
    if (known === undefined) members.set(stack.name, [name]);
    else known.push(name);
  }
  return [...members]
    .sort(([a], [b]) => compareNames(a, b))
    .map(([stack, names]) => ({
      id: `stack/${stack}`,
      kind: "stack",
      label: stack,
      description: many(names.length, "function"),
      detail: names.sort(compareNames).join(", "),
      names,
    }));
}

function ofFunction(fn: LiveFunction): KillTarget {
  return {
    id: `function/${fn.name}`,
    kind: "function",
    label: fn.name,
    description: [
      reservation(fn),
      ...(fn.usage?.now === undefined ? [] : [`${num(fn.usage.now)} in use`]),
      ...triggers(fn),
      ...(fn.stack === undefined ? [] : [fn.stack.name]),
    ].join(" · "),
    names: [fn.name],
  };
}

function reservation(fn: LiveFunction): string {
  const { reserved } = fn;
  if (fn.outsidePool !== undefined) return `outside the pool, cannot be switched off here`;
  if (isKilled(fn)) return "killed already";
  if (reserved === 0) return "off already";
  if (reserved === null) return "no reservation";
  return typeof reserved === "number" ? `${num(reserved)} reserved` : "reservation not known";
}

/** What invokes it, as far as somebody looked. */
function triggers({ details }: LiveFunction): readonly string[] {
  const enabled = details?.mappings.filter((mapping) => mapping.enabled) ?? [];
  return enabled.map(({ kind, source }) => `${sourceWords[kind]} ${resourceName(source)}`);
}

function isOff(fn: LiveFunction): boolean {
  return isKilled(fn) || groupOf(fn) === "off" || groupOf(fn) === "outside";
}
