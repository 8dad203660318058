import { URI } from "vscode-uri";
import type { Analysis, PoolClaim, Stack } from "../analysis.ts";
import { toValue } from "../ledger/bounds.ts";
import { provisionedTotal } from "../ledger/claim.ts";
import type { Uri, Value } from "../model.ts";
import { relativePath } from "../uris.ts";
import type { NewBudget, NewReservation, NewStack } from "./formatBudget.ts";

/**
 * A budget for a folder that grants what its templates reserve today: `analysis` is one of the folder's templates without any
 * budget. Functions whose reservation is unknown get what it can be at most; those that nothing bounds get no entry.
 */
export function draftBudget(folder: Uri, analysis: Analysis): NewBudget {
  const names = new Map<Stack, string>();
  const taken = new Set<string>();
  const stacks: NewStack[] = [];
  for (const stack of analysis.pools.flatMap((pool) => pool.stacks)) {
    const name = freeName(stack.name, taken);
    names.set(stack, name);
    const config = stack.environment === "default" ? undefined : stack.environment;
    stacks.push({ template: relativePath(folder, stack.template.uri), name, ...(config !== undefined && { config }) });
  }
  const claims = analysis.pools.flatMap((pool) => pool.claims);
  const reservations = claims.flatMap((claim) => reservation(claim, names.get(claim.stack) ?? claim.stack.name));
  const path = URI.parse(folder).path.split("/").filter(Boolean);
  return { pool: path.at(-1) ?? "pool", stacks, reservations };
}

function reservation(claim: PoolClaim, stack: string): NewReservation[] {
  const { logicalId, reserved } = claim.function;
  const key = [stack, ...claim.nesting, logicalId].join("/");
  // Without a reservation it is the provisioned concurrency that takes from the pool and needs a grant.
  const { most, comment } = largestOf(reserved.value ?? provisioned(claim));
  if (most === undefined) return [];
  return [{ key, reserved: most === 0 ? "off" : most, ...(comment !== undefined && { comment }) }];
}

function provisioned({ function: declared, unknown }: PoolClaim): Value {
  if (declared.provisioned.length === 0) return null;
  return toValue(provisionedTotal(declared), unknown ?? "its provisioned concurrency is not known");
}

function largestOf(value: Value): { readonly most: number | undefined; readonly comment?: string } {
  if (value === null) return { most: undefined };
  if (typeof value === "number") return { most: value };
  return { most: value.max, comment: `at most; ${value.unknown}` };
}

function freeName(wanted: string, taken: Set<string>): string {
  let name = wanted;
  for (let copy = 2; taken.has(name); copy++) name = `${wanted}-${copy}`;
  taken.add(name);
  return name;
}
