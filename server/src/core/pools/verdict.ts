import { totalsUnknown } from "../accountSnapshot.ts";
import type { Pool } from "../analysis.ts";
import {
  type Deployment,
  type DeploymentVerdict,
  isExact,
  leftAfter,
  shortOfDeployment,
} from "../ledger/deployment.ts";
import type { Verdict } from "../ledger/ledger.ts";
import type { Bounds, Value } from "../model.ts";

/** What decides a pool: its files and, where its account was read, what is left there now. */
export type Judged = Pick<Pool, "ledger" | "live">;

/** The gravest first. */
const gravity: readonly DeploymentVerdict[] = ["over", "credit", "depends", "fits"];

/** Can the pool be deployed? With an account: as the account is now. */
export function verdictOf(pool: Judged): Verdict {
  return verdictNow(pool.ledger.verdict, hardestDeployment(pool));
}

/** What the files say, held against the account: what fits by the files may not be deployed now. */
export function verdictNow(byFiles: Verdict, deployment: Deployment | undefined): Verdict {
  const now = deployment?.verdict ?? "fits";
  if (byFiles === "over" || now === "over") return "over";
  return now === "fits" ? byFiles : "depends";
}

/** The deployment that is hardest on the account: of a stack, else of all stacks together. Undefined without facts of an account. */
export function hardestDeployment({ live }: Judged): Deployment | undefined {
  if (!live) return undefined;
  const { stacks, together } = live.deployments;
  return hardestOf([...stacks.values(), together].map(({ deployment }) => deployment));
}

/** The gravest, of those alike the one that wants most too many. */
export function hardestOf(deployments: readonly Deployment[]): Deployment | undefined {
  return deployments.toSorted(
    (a, b) => gravity.indexOf(a.verdict) - gravity.indexOf(b.verdict) || shortOfDeployment(b) - shortOfDeployment(a),
  )[0];
}

/** How a pool stands against what its account has left now. */
export interface InAws {
  /** Not decided where the account does not say it; at most what its reservations leave of a stated limit. */
  readonly unreserved: Value;
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
  return {
    unreserved: isExact(hardest) ? unreserved.min : largestOf(unreserved),
    verdict: verdict === "credit" ? "depends" : verdict,
    ...(short > 0 && { short }),
  };
}

function largestOf({ max }: Bounds): Value {
  return { unknown: totalsUnknown, ...(max !== undefined && { max }) };
}

/** How much more the account can reserve once the pool is deployed; undefined without facts of an account, or where that is not decided. */
export function leftInAccount({ live }: Judged): Bounds | undefined {
  return live && leftAfter(live.deployments.together.deployment);
}
