import type { Analysis, Pool, PoolClaim } from "../analysis.ts";
import type { BudgetFile, BudgetPool, BudgetStack, Grant, Placed } from "../budgetFile/budgetFile.ts";
import { readBudgetFile } from "../budgetFile/readBudgetFile.ts";
import type { Place } from "../model.ts";
import { samePlace } from "../rules/claimFacts.ts";
import type { SourceFile } from "../sources.ts";
import { contains } from "./treePath.ts";

/** A budget file as the analysis sees it, else read afresh. */
export function budgetOf(analysis: Analysis, file: SourceFile): BudgetFile | undefined {
  if (file.kind !== "budget") return undefined;
  const known = analysis.pools.find((pool) => pool.budget?.file.uri === file.uri)?.budget?.file;
  return known ?? readBudgetFile(file.uri, file.text, file.tree);
}

/** The analysed pool of a budget document. */
export function poolOf(analysis: Analysis, file: BudgetFile, budget: BudgetPool): Pool | undefined {
  return analysis.pools.find((pool) => pool.budget?.file.uri === file.uri && pool.budget.pool.index === budget.index);
}

/** What stands at an offset of a budget file. */
export type BudgetHit =
  | { readonly kind: "grant"; readonly pool: BudgetPool; readonly grant: Grant; readonly onKey: boolean }
  | { readonly kind: "stack"; readonly pool: BudgetPool; readonly stack: BudgetStack; readonly part: StackPart }
  | { readonly kind: "pattern"; readonly pool: BudgetPool; readonly pattern: Placed<string> };

/** Which part of a stack entry: its template path, one of its names, its samconfig environment, a parameter, or the file of all parameters. */
export type StackPart =
  | { readonly kind: "template" | "parametersFile"; readonly place: Place }
  | { readonly kind: "config"; readonly place: Place; readonly name: string }
  | { readonly kind: "name"; readonly place: Place; readonly name: string }
  | { readonly kind: "parameter"; readonly place: Place; readonly name: string };

/** The grant, stack part or function pattern at an offset. */
export function budgetHitAt(file: BudgetFile, offset: number): BudgetHit | undefined {
  for (const pool of file.pools) {
    for (const grant of pool.reservations) {
      if (contains(grant.place, offset)) return { kind: "grant", pool, grant, onKey: true };
      if (contains(grant.valuePlace, offset)) return { kind: "grant", pool, grant, onKey: false };
    }
    for (const stack of pool.stacks) {
      const part = stackPartAt(stack, offset);
      if (part) return { kind: "stack", pool, stack, part };
    }
    const pattern = patternsOf(pool).find((each) => contains(each.place, offset));
    if (pattern) return { kind: "pattern", pool, pattern };
  }
  return undefined;
}

function stackPartAt(stack: BudgetStack, offset: number): StackPart | undefined {
  if (contains(stack.template.place, offset)) return { kind: "template", place: stack.template.place };
  const name = stack.names.find((each) => contains(each.place, offset));
  if (name) return { kind: "name", place: name.place, name: name.value };
  const { config, parametersFile } = stack;
  if (config && contains(config.place, offset)) return { kind: "config", place: config.place, name: config.value };
  if (parametersFile && contains(parametersFile.place, offset)) {
    return { kind: "parametersFile", place: parametersFile.place };
  }
  for (const [parameter, value] of stack.parameters) {
    if (contains(value.place, offset)) return { kind: "parameter", place: value.place, name: parameter };
  }
  return undefined;
}

/** The function patterns of downstreams and kill groups. */
export function patternsOf(pool: BudgetPool): readonly Placed<string>[] {
  return [...pool.downstreams, ...pool.killGroups].flatMap((each) => each.functions);
}

/** The functions that take a grant, as declared. */
export function claimsOfGrant(pool: Pool | undefined, grant: Grant): readonly PoolClaim[] {
  return pool?.claims.filter((claim) => claim.grant && samePlace(claim.grant.place, grant.place)) ?? [];
}

/** The analysed stacks of a stack entry. */
export function stacksOfEntry(pool: Pool | undefined, entry: BudgetStack): readonly Pool["stacks"][number][] {
  return pool?.stacks.filter((stack) => stack.place && samePlace(stack.place, entry.place)) ?? [];
}
