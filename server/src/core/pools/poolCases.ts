import type { Pool, Stack } from "../analysis.ts";
import type { CaseGroup } from "../cases/stackCases.ts";
import { indexesByWhen, type When } from "../cases/when.ts";
import { add, either, sum, times } from "../ledger/bounds.ts";
import type { Deployment } from "../ledger/deployment.ts";
import { type Verdict, verdictInCase } from "../ledger/ledger.ts";
import { boundsInCase, boundsOfGroup, isInSomeScenario, worstCertain } from "../ledger/scenarios.ts";
import type { Bounds } from "../model.ts";
import { deploymentsByCase } from "./caseDeployments.ts";
import { hardestOf, verdictNow } from "./verdict.ts";

/** A stack of a pool in one case of what its claims leave undecided. */
export interface PoolCase {
  readonly stack: Stack;
  readonly group: CaseGroup;
  /** Its combinations in the group. */
  readonly indexes: readonly number[];
  /** The classes of its parameters, conditions left out. */
  readonly when: When;
  /** What the stack claims, all its copies in this case; other groups of its parameters are not decided. */
  readonly claimed: Bounds;
  /** What the pool claims; other stacks are not decided. */
  readonly ofPool: Bounds;
  /** By the files alone. */
  readonly byFiles: Verdict;
  /**
   * Where the account was read, what becomes of the stack, and of all stacks together, when it is deployed now: of
   * several combinations the hardest.
   */
  readonly now?: { readonly alone: Deployment; readonly together: Deployment };
  /** By both. */
  readonly verdict: Verdict;
}

/** Every case that can be deployed of every stack whose claims split into several. */
export function casesOfPool(pool: Pool): readonly PoolCase[] {
  const { scenarios } = pool.ledger;
  return pool.caseGroups.flatMap(({ stack, cases: group }, position) => {
    const others = othersOfStack(pool, stack, group);
    const deploymentIn = deployedByCase(pool, stack, position);
    const possible = group.possible.filter((index) => isInSomeScenario(scenarios, position, index));
    const found = indexesByWhen(group, possible).map(({ when, indexes }): PoolCase => {
      const deployed = deploymentIn ? indexes.map(deploymentIn) : [];
      const byFiles = indexes.map((index) => verdictInCase(pool.ledger, position, index));
      const own = indexes.map((index) => boundsOfGroup(scenarios, position, index)).reduce(either);
      return {
        stack,
        group,
        indexes,
        when,
        claimed: add(others, own),
        ofPool: indexes.map((index) => boundsInCase(scenarios, position, index)).reduce(either),
        byFiles: common(byFiles),
        ...nowOf(deployed),
        verdict: common(byFiles.map((verdict, i) => verdictNow(verdict, hardestOf(deployed[i] ?? [])))),
      };
    });
    return found.length > 1 ? found : [];
  });
}

function common(verdicts: readonly Verdict[]): Verdict {
  const [first = "depends"] = verdicts;
  return verdicts.every((verdict) => verdict === first) ? first : "depends";
}

type Deployed = readonly [alone: Deployment, together: Deployment];

/** What the account says of a stack, and of all stacks together, by case; undefined without facts of an account. */
function deployedByCase({ live }: Pool, stack: Stack, position: number): ((index: number) => Deployed) | undefined {
  if (!live) return undefined;
  const { stacks, together, scenarios } = live.deployments;
  const inAll = deploymentsByCase(together, scenarios, position);
  const part = stacks.get(stack);
  const inStack = part ? deploymentsByCase(part, scenarios, position) : inAll;
  return (index) => [inStack(index), inAll(index)];
}

function nowOf(deployed: readonly Deployed[]): Pick<PoolCase, "now"> {
  const alone = hardestOf(deployed.map(([one]) => one));
  const together = hardestOf(deployed.map(([, all]) => all));
  return alone && together ? { now: { alone, together } } : {};
}

/** What the stack claims beside a group: each other group between its extremes. */
function othersOfStack(
  { claims, unseen, caseGroups, ledger: { scenarios } }: Pool,
  stack: Stack,
  group: CaseGroup,
): Bounds {
  const plain = [...claims.filter(({ cases }) => !cases), ...unseen].filter((one) => one.stack === stack);
  let total = sum(plain.map(({ claim, instances }) => times(claim, instances)));
  caseGroups.forEach((other, position) => {
    if (other.stack !== stack || other.cases === group) return;
    const indexes = other.cases.possible.filter((index) => isInSomeScenario(scenarios, position, index));
    total = add(total, indexes.map((index) => boundsOfGroup(scenarios, position, index)).reduce(either));
  });
  return total;
}

/**
 * The worst that can be chosen for every stack at once, as far as it is certain: its sum, and the case of each group.
 */
export function worstCombination(pool: Pool): { readonly sum: number; readonly cases: readonly PoolCase[] } {
  const { sum, indexes } = worstCertain(pool.ledger.scenarios);
  const all = casesOfPool(pool);
  const cases = pool.caseGroups.flatMap(({ stack, cases: group }, position) => {
    const worst = indexes[position] as number;
    return all.filter((one) => one.stack === stack && one.group === group && one.indexes.includes(worst));
  });
  return { sum, cases };
}
