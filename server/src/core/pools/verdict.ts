import type { Pool } from "../analysis.ts";
import { type Deployment, type DeploymentVerdict, leftAfter, shortOfDeployment } from "../ledger/deployment.ts";
import type { Verdict } from "../ledger/ledger.ts";

/** What decides a pool: its files and, where its account was read, what is left there now. */
export type Judged = Pick<Pool, "ledger" | "live">;

/** The gravest first. */
const gravity: readonly DeploymentVerdict[] = ["over", "credit", "depends", "fits"];

/** Can the pool be deployed? With an account: as the account is now. */
export function verdictOf(pool: Judged): Verdict {
  const { verdict } = pool.ledger;
  const now = hardestDeployment(pool)?.verdict ?? "fits";
  if (verdict === "over" || now === "over") return "over";
  return now === "fits" ? verdict : "depends";
}

/** The deployment that is hardest on the account: of a stack, else of all stacks together. Undefined without facts of an account. */
export function hardestDeployment({ live }: Judged): Deployment | undefined {
  if (!live?.deployments) return undefined;
  const { stacks, together } = live.deployments;
  return [...stacks.values(), together].toSorted(
    (a, b) => gravity.indexOf(a.verdict) - gravity.indexOf(b.verdict) || shortOfDeployment(b) - shortOfDeployment(a),
  )[0];
}

/** How a pool stands against what its account has left now. */
export interface InAws {
  readonly unreserved: number;
  readonly verdict: Verdict;
  /** How much too many is wanted, where it does not fit. */
  readonly short?: number;
}

/** The hardest of its deployments; undefined without facts of an account. */
export function inAws(pool: Judged): InAws | undefined {
  const hardest = hardestDeployment(pool);
  if (!hardest) return undefined;
  const { unreserved, verdict } = hardest;
  const short = shortOfDeployment(hardest);
  return { unreserved, verdict: verdict === "credit" ? "depends" : verdict, ...(short > 0 && { short }) };
}

/** How much more the account can reserve once the pool is deployed; undefined without facts of an account, or where that is not decided. */
export function leftInAccount({ live }: Judged): number | undefined {
  return live?.deployments && leftAfter(live.deployments.together);
}
