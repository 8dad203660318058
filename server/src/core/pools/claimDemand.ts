import type { PoolClaim } from "../analysis.ts";
import type { FunctionDemand } from "../demand/demand.ts";

/** What pushes events at a function of a pool. */
export function demandOfClaim({ stack, nesting, function: declared }: PoolClaim): FunctionDemand | undefined {
  return stack.template.demand.get([...nesting, declared.logicalId].join("/"));
}
