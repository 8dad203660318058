import type { ClaimCases, PoolClaim, Stack } from "../analysis.ts";
import { type CaseClass, type CaseGroup, type FunctionCases, possibleOutcomes } from "../cases/stackCases.ts";
import { classesIn, isConsistent, type When } from "../cases/when.ts";
import { either } from "../ledger/bounds.ts";
import type { LedgerClaim } from "../ledger/claim.ts";
import type { ClaimGroup } from "../ledger/scenarios.ts";

/** The cases of a stack's functions, by `Child/Worker`; those of a group that cannot be deployed in any case are left out. */
export function casesByPath({ template }: Stack): ReadonlyMap<string, ClaimCases> {
  const found = new Map<string, ClaimCases>();
  for (const group of template.cases?.groups ?? []) {
    if (group.possible.length === 0) continue;
    for (const own of group.functions) found.set(own.path, { group, own });
  }
  return found;
}

/** Does AWS refuse a number in some case? That a mapping has no entry for a case only says that it is none. */
export function refusesSomeCase({ template }: Stack): boolean {
  const groups = template.cases?.groups ?? [];
  return groups.some(({ functions }) =>
    functions.some(({ outcomes }) => outcomes.some(({ refused, noEntry }) => refused !== undefined && !noEntry)),
  );
}

/** A claim with the bounds that its cases leave. */
export function narrow(claim: LedgerClaim, { group, own }: ClaimCases): LedgerClaim {
  const bounds = possibleOutcomes(group, own)
    .map((outcome) => outcome.claim)
    .reduce(either);
  const { unknown, ...rest } = claim;
  if (bounds.min === bounds.max) return { ...rest, claim: bounds };
  return { ...claim, claim: bounds, unknown: unknown ?? differs(group, own) };
}

function differs({ variables }: CaseGroup, own: FunctionCases): string {
  const names = own.variables.map((position) => variables[position]?.name);
  return `it depends on ${names.join(" and ")}`;
}

/** More combinations of what stacks share than this are not told apart. */
const maxScenarios = 256;

/**
 * The claims that depend on the same undecided things, for the ledger. What all stacks of a pool share (the Region, its partition,
 * the account) is split first, so that each scenario has one of each.
 */
export function claimGroups(
  claims: readonly PoolClaim[],
): readonly (ClaimGroup & { readonly stack: Stack; readonly cases: CaseGroup })[] {
  const byStack = new Map<Stack, Map<CaseGroup, PoolClaim[]>>();
  for (const claim of claims) {
    if (!claim.cases) continue;
    const ofStack = byStack.get(claim.stack) ?? new Map<CaseGroup, PoolClaim[]>();
    byStack.set(claim.stack, ofStack);
    const members = ofStack.get(claim.cases.group);
    if (members) members.push(claim);
    else ofStack.set(claim.cases.group, [claim]);
  }
  const groups = [...byStack].flatMap(([stack, ofStack]) =>
    [...ofStack].map(([group, members]) => [group, members, stack] as const),
  );
  const scenarios = scenariosOf(groups.map(([group]) => group));
  const classed = groups.map(([{ variables, possible }]) =>
    possible.map((index): ClassedCase => ({ index, classes: classesIn(variables, index) })),
  );
  const possible = scenarios.map((scenario) => classed.map((cases) => casesIn(cases, scenario)));
  // A scenario in which one stack cannot be deployed is none; if that holds for all, what stacks share is not told apart.
  const left = possible.filter((ofGroups) => ofGroups.every((indexes) => indexes.length > 0));
  const used = left.length > 0 ? left : [groups.map(([group]) => group.possible)];
  return groups.map(([cases, members, stack], i) => ({
    stack,
    cases,
    members: members.map((claim) => ({
      claim,
      bounds: (claim.cases as ClaimCases).own.outcomes.map((outcome) => outcome.claim),
      at: (claim.cases as ClaimCases).own.at,
    })),
    scenarios: used.map((ofGroups) => ofGroups[i] as readonly number[]),
  }));
}

/** A case of a group with the class of each of its variables. */
interface ClassedCase {
  readonly index: number;
  readonly classes: When;
}

/** Every combination of what the stacks share, each name with the classes that any of them tells apart. */
function scenariosOf(groups: readonly CaseGroup[]): readonly When[] {
  const texts = new Map<string, Set<string>>();
  for (const { variables } of groups) {
    for (const { name, kind, classes } of variables) {
      if (kind !== "shared") continue;
      const known = texts.get(name) ?? new Set<string>();
      texts.set(name, known);
      for (const one of classes) if (typeof one === "string") known.add(one);
    }
  }
  let scenarios: When[] = [new Map()];
  for (const [name, known] of texts) {
    const classes: CaseClass[] = [...known, { not: [...known] }];
    if (scenarios.length * classes.length > maxScenarios) return [new Map()];
    scenarios = scenarios.flatMap((scenario) => classes.map((one) => new Map([...scenario, [name, one]])));
  }
  return scenarios.filter(isConsistent);
}

/** The cases that are possible in a scenario, of those given with their classes. */
function casesIn(cases: readonly ClassedCase[], scenario: When): readonly number[] {
  return cases.filter(({ classes }) => isCompatible(classes, scenario)).map(({ index }) => index);
}

function isCompatible(classes: When, scenario: When): boolean {
  for (const [name, holds] of scenario) {
    const own = classes.get(name);
    if (own === undefined || own === holds) continue;
    if (typeof own === "string" || (typeof holds === "string" && own.not.includes(holds))) return false;
  }
  return true;
}
