import type { DeployedPart, PoolClaim } from "../analysis.ts";
import { add, sum } from "../ledger/bounds.ts";
import { type Deployment, deploymentOfSum, withClaims } from "../ledger/deployment.ts";
import { boundsInCase, boundsOfClaims, boundsOfMember, type Scenarios } from "../ledger/scenarios.ts";
import { copied } from "./deployments.ts";

/**
 * What becomes of a part of a pool in each case of one of the pool's groups. Only the claims of the group are looked
 * at again for each case.
 * @param scenarios of the pool's declared claims
 */
export function deploymentsByCase(
  part: DeployedPart,
  scenarios: Scenarios,
  group: number,
): (index: number) => Deployment {
  const { room, held, doubts, copies, sum: whole, deployment } = part;
  const members = (scenarios.groups[group]?.members ?? []).flatMap(({ claim }) => {
    const holds = held.get(claim as PoolClaim);
    return holds ? [{ claim, holds }] : [];
  });
  // What is certain of all cases is certain of each.
  if (members.length === 0 || deployment.verdict === "fits" || deployment.verdict === "over") return () => deployment;
  const own = new Set<unknown>(members.map(({ claim }) => claim));
  const others =
    copies === "one"
      ? boundsOfClaims(
          scenarios,
          [...held.keys()].filter((claim) => !own.has(claim)),
          "one",
        )
      : undefined;
  return (index) => {
    const instead = members.map(({ claim, holds }) => ({
      before: { declared: copied(claim.claim, claim, copies), held: holds },
      after: { declared: copied(boundsOfMember(scenarios, claim, index), claim, copies), held: holds },
    }));
    const declared = others
      ? add(others, sum(instead.map(({ after }) => after.declared)))
      : boundsInCase(scenarios, group, index);
    return deploymentOfSum(room, withClaims(whole, room, instead), doubts, declared);
  };
}
