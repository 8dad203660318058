import type { Pool, PoolClaim, Stack } from "../analysis.ts";
import { caseName, firstFew } from "../cases/caseText.ts";
import { type Deployment, shortOfDeployment } from "../ledger/deployment.ts";
import { casesOfPool, type PoolCase } from "../pools/poolCases.ts";
import { hardestOf } from "../pools/verdict.ts";
import { claimsOfCases } from "./casesTooMany.ts";

/** Cases of a stack for which its account has too little now, while it has enough in others. */
export interface FailingCases {
  readonly stack: Stack;
  /** What becomes of the worst. */
  readonly deployment: Deployment;
  /** Worst first. */
  readonly cases: readonly PoolCase[];
}

/** The cases of a pool that fit by its files, and for which its account has too little now. */
export interface CasesNotNow {
  /** Where a stack alone is too much. */
  readonly stacks: readonly FailingCases[];
  /** Where only all stacks together are. */
  readonly together?: Omit<FailingCases, "stack">;
  /** The claims that these cases say all about. */
  readonly claims: ReadonlySet<PoolClaim>;
}

/** What the account refuses in some cases only; undefined where it refuses nothing, or whatever the case is. */
export function findCasesNotNow(pool: Pool): CasesNotNow | undefined {
  if (!pool.live || pool.ledger.verdict === "over" || pool.caseGroups.length === 0) return undefined;
  const { stacks, together } = pool.live.deployments;
  if ([together, ...stacks.values()].every(({ deployment }) => deployment.verdict === "fits")) return undefined;
  const cases = casesOfPool(pool).filter(({ byFiles }) => byFiles !== "over");
  const byStack = new Map<Stack, PoolCase[]>();
  for (const one of cases) {
    if (one.now?.alone.verdict !== "over" || stacks.get(one.stack)?.deployment.verdict !== "depends") continue;
    byStack.set(one.stack, [...(byStack.get(one.stack) ?? []), one]);
  }
  const ofStacks = [...byStack].map(([stack, own]) => ({ stack, ...worstOf(own, "alone") }));
  const all =
    together.deployment.verdict === "depends" && byStack.size === 0
      ? cases.filter(({ now }) => now?.together.verdict === "over")
      : [];
  const named = [...ofStacks.flatMap((each) => each.cases), ...all];
  if (named.length === 0) return undefined;
  return {
    stacks: ofStacks,
    ...(all.length > 0 && { together: worstOf(all, "together") }),
    claims: claimsOfCases(pool, named),
  };
}

/** `Stage=prod; Stage=qa; +2`; `Stage=prod of stack shop` where it is not said of which stack they are. */
export function namesOfCases(cases: readonly PoolCase[], isOfStack: boolean): string {
  const name = ({ stack, when }: PoolCase) => `${caseName(when)}${isOfStack ? "" : ` of stack ${stack.name}`}`;
  return firstFew(cases.map(name), "; ");
}

function worstOf(cases: readonly PoolCase[], which: "alone" | "together"): Omit<FailingCases, "stack"> {
  const short = ({ now }: PoolCase) => (now ? shortOfDeployment(now[which]) : 0);
  const sorted = cases.toSorted((a, b) => short(b) - short(a));
  const deployment = hardestOf(sorted.flatMap(({ now }) => now?.[which] ?? [])) as Deployment;
  return { deployment, cases: sorted };
}
