import { sameStrangers, strangersOf } from "../account/strangers.ts";
import type { AnalysisOptions, Pool } from "../analysis.ts";
import type { Finding, Uri } from "../model.ts";
import { nestedIn } from "../pools/outermost.ts";
import { validate } from "../rules/checkRules.ts";
import { inOrder } from "../rules/findingDraft.ts";
import type { RuleContext } from "../rules/ruleContext.ts";
import type { Sources } from "../sources.ts";

interface Validated {
  readonly pools: readonly Pool[];
  readonly strangers: RuleContext["strangers"];
  readonly findings: readonly Finding[];
}

/** Findings by groups of pools that share a file: what a rule says about one group depends on others only in what all of them leave out of an account. */
export class RememberedFindings {
  #last = new Map<Pool, Validated>();

  /** Sorted by file, then offset. Groups whose pools are the very same objects as last time are not looked at again. */
  validate(pools: readonly Pool[], sources: Sources, options: AnalysisOptions): readonly Finding[] {
    const now = new Map<Pool, Validated>();
    const all: Finding[] = [];
    const strangers = strangersOf(pools);
    for (const group of groupsOf(pools)) {
      const [first] = group;
      const last = this.#last.get(first);
      const current =
        last && sameItems(last.pools, group) && sameFor(group, last.strangers, strangers)
          ? last
          : check(group, sources, options, strangers);
      now.set(first, current);
      for (const finding of current.findings) all.push(finding);
    }
    this.#last = now;
    return all.sort(inOrder);
  }

  forget(): void {
    this.#last.clear();
  }
}

function check(
  pools: readonly Pool[],
  sources: Sources,
  options: AnalysisOptions,
  strangers: RuleContext["strangers"],
): Validated {
  return { pools, strangers, findings: validate(pools, sources, options, strangers) };
}

function sameFor(pools: readonly Pool[], a: RuleContext["strangers"], b: RuleContext["strangers"]): boolean {
  return pools.every(({ live }) => !live || sameStrangers(a.get(live.snapshot), b.get(live.snapshot)));
}

/** Pools that stand in a common file, directly or through others, in the order of the pools. */
function groupsOf(pools: readonly Pool[]): readonly (readonly [Pool, ...Pool[]])[] {
  const parent = pools.map((_, i) => i);
  const find = (i: number): number => {
    let root = i;
    while (parent[root] !== root) root = parent[root] as number;
    parent[i] = root;
    return root;
  };
  const firstWith = new Map<Uri, number>();
  pools.forEach((pool, i) => {
    for (const uri of filesOf(pool)) {
      const other = firstWith.get(uri);
      if (other === undefined) firstWith.set(uri, i);
      else {
        const [a, b] = [find(other), find(i)];
        parent[Math.max(a, b)] = Math.min(a, b);
      }
    }
  });
  const groups = new Map<number, [Pool, ...Pool[]]>();
  pools.forEach((pool, i) => {
    const group = groups.get(find(i));
    if (group) group.push(pool);
    else groups.set(find(i), [pool]);
  });
  return [...groups.values()];
}

/** Every file in which a finding about the pool can stand. */
function filesOf(pool: Pool): Set<Uri> {
  const uris = new Set<Uri>();
  if (pool.budget) uris.add(pool.budget.file.uri);
  for (const { place } of pool.configProblems) uris.add(place.uri);
  for (const template of new Set(pool.stacks.map((stack) => stack.template))) {
    uris.add(template.uri);
    for (const uri of nestedIn(template)) uris.add(uri);
    for (const { place } of template.refused) uris.add(place.uri);
  }
  return uris;
}

function sameItems(a: readonly Pool[], b: readonly Pool[]): boolean {
  return a.length === b.length && a.every((pool, i) => pool === b[i]);
}
