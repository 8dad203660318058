import type { AccountSnapshot, LiveFunction } from "../accountSnapshot.ts";
import { isWildcard, matchesWildcard } from "../patterns/wildcard.ts";

/** Where CloudFormation made a function. */
export interface StackPath {
  /** Name of the outermost stack, `*` allowed. */
  readonly stack: string;
  /** Logical ids of the nested stacks on the way, outermost first. */
  readonly nesting: readonly string[];
  readonly logicalId: string;
}

/** What CloudFormation puts behind the name of a nested stack. */
const madeUp = /-[A-Za-z0-9]{8,}$/;

/** The functions of a snapshot by name and by stack. Made once per snapshot; what it is asked again it knows. */
export class LiveIndex {
  readonly snapshot: AccountSnapshot;
  readonly #byName: ReadonlyMap<string, LiveFunction>;
  readonly #byLogicalId = new Map<string, LiveFunction[]>();
  /** By logical ids from the outside in, then by the name of the outermost stack. */
  readonly #byPath = new Map<string, ReadonlyMap<string, readonly LiveFunction[]>>();

  constructor(snapshot: AccountSnapshot) {
    this.snapshot = snapshot;
    this.#byName = new Map(snapshot.functions.map((live) => [live.name, live]));
    for (const live of snapshot.functions) {
      if (!live.stack) continue;
      const same = this.#byLogicalId.get(live.stack.logicalId);
      if (same) same.push(live);
      else this.#byLogicalId.set(live.stack.logicalId, [live]);
    }
  }

  /** The function of this name. */
  named(name: string): LiveFunction | undefined {
    return this.#byName.get(name);
  }

  /** The functions whose tags name this logical id, in whatever stack. */
  made(logicalId: string): readonly LiveFunction[] {
    return this.#byLogicalId.get(logicalId) ?? [];
  }

  /** The functions whose tags say that they were made there. */
  inStack({ stack, nesting, logicalId }: StackPath): readonly LiveFunction[] {
    const roots = this.#roots(nesting, logicalId);
    if (!isWildcard(stack)) return roots.get(stack) ?? [];
    return [...roots].flatMap(([root, functions]) => (matchesWildcard(stack, root) ? functions : []));
  }

  #roots(nesting: readonly string[], logicalId: string): ReadonlyMap<string, readonly LiveFunction[]> {
    const key = [...nesting, logicalId].join("/");
    const known = this.#byPath.get(key);
    if (known) return known;
    const roots = new Map<string, LiveFunction[]>();
    for (const live of this.#byLogicalId.get(logicalId) ?? []) {
      const root = live.stack && outermostStack(live.stack.name, nesting);
      if (root === undefined) continue;
      const same = roots.get(root);
      if (same) same.push(live);
      else roots.set(root, [live]);
    }
    this.#byPath.set(key, roots);
    return roots;
  }
}

/** The name of the outermost stack when a stack is nested in it by these logical ids: `orders-Child-1A2B3C4D5E6F` in `orders`. */
function outermostStack(name: string, nesting: readonly string[]): string | undefined {
  let rest = name;
  for (const logicalId of nesting.toReversed()) {
    const parent = rest.replace(madeUp, "");
    if (parent === rest || !parent.endsWith(`-${logicalId}`)) return undefined;
    rest = parent.slice(0, -logicalId.length - 1);
  }
  return rest;
}
