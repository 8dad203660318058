import type { Pool, PoolClaim, Stack } from "../analysis.ts";
import type { BudgetFile, BudgetStack, Grant } from "../budgetFile/budgetFile.ts";
import { groupBy } from "../groupBy.ts";
import { boundsOf } from "../ledger/bounds.ts";
import { unconditionalClaim } from "../ledger/claim.ts";
import { excessOver } from "../ledger/shortfall.ts";
import type { DeclaredFunction, Related, Unknown } from "../model.ts";
import { largestFor } from "../pools/largest.ts";
import { suggest } from "../suggest.ts";
import { range } from "../wording/values.ts";
import { num } from "../wording/words.ts";
import type { Draft } from "./draft.ts";
import type { Scene } from "./scene.ts";
import { claimSetting, fixDataOf, isUnknownName, sourcesOf, takes } from "./subject.ts";

/** `over-budget`: per function and instance, more than the budget grants. */
export function* overBudget({ sites }: Scene): Generator<Draft> {
  for (const site of sites) {
    for (const { declared, claim } of site.subjects) {
      const grant = claim?.grant;
      // A function with an undecided condition is over its budget as soon as it exists.
      const own = unconditionalClaim(declared);
      if (!grant || own.min <= grant.reserved) continue;
      const granted = grant.off
        ? "declares it off. Set it to 0, or grant it a number."
        : `grants ${num(grant.reserved)}, so ${range(excessOver(own, grant.reserved))} too many. ${lowerOrRaise(claim, site.pool)}`;
      yield {
        rule: "over-budget",
        site,
        place: claimSetting(declared).place,
        who: declared.logicalId,
        text: `${takes(declared)} ${range(own)}, but the budget of pool ${site.pool.name} ${granted}`,
        related: [grantedHere(grant), ...sourcesOf(claimSetting(declared))],
        data: fixDataOf(claim, site.pool),
      };
    }
  }
}

function lowerOrRaise(claim: PoolClaim, pool: Pool): string {
  const { max: room } = boundsOf(largestFor(pool, [claim]).value);
  if (room === undefined || room >= unconditionalClaim(claim.function).min) return "Lower it, or raise the grant.";
  return room === 0
    ? "Lower it: whatever the grant, the pool has no room for it."
    : `Lower it: whatever the grant, the pool has room for at most ${num(room)}.`;
}

/** `not-in-budget`: where a budget applies, a function claims and no entry grants it anything. */
export function* notInBudget({ sites }: Scene): Generator<Draft> {
  for (const site of sites) {
    const { pool } = site;
    if (!pool.budget) continue;
    for (const { declared, claim } of site.subjects) {
      const own = unconditionalClaim(declared);
      if (!claim || claim.grant || own.min === 0) continue;
      const setting = claimSetting(declared);
      const common = {
        site,
        who: declared.logicalId,
        place: setting.place,
        related: sourcesOf(setting),
        data: fixDataOf(claim, pool),
      };
      const what = `${takes(declared)} ${range(own)}`;
      if (mayBeNamed(declared.name, pool)) {
        const text = `${what}, and whether the budget of pool ${pool.name} grants it is unknown: its FunctionName is not decided (${declared.name.unknown}).`;
        yield { ...common, rule: "value-unknown", text };
        continue;
      }
      const text = `${what}, but no entry in the budget of pool ${pool.name} grants it anything. Add one under reservations, or remove the number.`;
      yield { ...common, rule: "not-in-budget", text };
    }
  }
}

/** `budget-invalid`: what the reader found, mistakes in samconfig environments, parameters that no template declares. */
export function* budgetInvalid({ pools }: Scene): Generator<Draft> {
  const seen = new Set<BudgetFile>();
  for (const pool of pools) {
    const file = pool.budget?.file;
    for (const { place, message, rule } of pool.configProblems) {
      yield { rule: rule ?? (place.uri === file?.uri ? "budget-invalid" : "value-unknown"), place, text: message };
    }
    if (!file || !pool.budget) continue;
    const stacksAt = groupBy(pool.stacks, ({ place }) => place?.start);
    for (const entry of pool.budget.pool.stacks) {
      if (entry.parameters.size > 0) yield* undeclaredParameters(pool, entry, stacksAt.get(entry.place.start) ?? []);
    }
    if (seen.has(file)) continue;
    seen.add(file);
    for (const { place, message, replacement } of file.problems) {
      yield { rule: "budget-invalid", place, text: message, ...(replacement && { data: { replacement } }) };
    }
  }
}

/** `stack-not-found`: stack entries that lead to no template, or also to what cannot be counted. */
export function* stackNotFound({ pools }: Scene): Generator<Draft> {
  for (const pool of pools) {
    for (const { entry, message, severity, files = [] } of pool.missingStacks) {
      const related = files.map(({ uri, why }) => ({ place: { uri, start: 0, end: 0 }, message: why }));
      const common = { place: entry.template.place, text: message, pool, plain: true, related } as const;
      yield { rule: "stack-not-found", ...common, ...(severity && { severity }) };
    }
  }
}

/** An undecided FunctionName may be what one of the budget's entries names. */
function mayBeNamed(name: DeclaredFunction["name"], pool: Pool): name is Unknown {
  return isUnknownName(name) && (pool.budget?.pool.reservations.some(({ pattern }) => !pattern.includes("/")) ?? false);
}

/** The budget entry that applies, as a related place. */
export function grantedHere(grant: Grant): Related {
  const granted = grant.off ? "off" : num(grant.reserved);
  const why = grant.reason === undefined ? "" : ` (${grant.reason})`;
  return { place: grant.valuePlace, message: `The budget says ${granted} for ${grant.pattern} here${why}.` };
}

/** Parameters of a stack entry that none of its templates declares: CloudFormation would refuse them. */
function undeclaredParameters(pool: Pool, entry: BudgetStack, stacks: readonly Stack[]): Draft[] {
  // A macro, or text that cannot be read, may hide a declaration.
  if (stacks.length === 0 || stacks.some(({ template }) => template.blindSpots.length > 0)) return [];
  const declared = new Set(stacks.flatMap(({ template }) => template.parameters));
  return [...entry.parameters].flatMap(([name, { place }]) => {
    if (declared.has(name)) return [];
    const near = suggest(name, [...declared]);
    const hint = near === undefined ? "" : ` Did you mean ${near}?`;
    return {
      rule: "budget-invalid",
      pool,
      plain: true,
      place,
      text: `${entry.template.value} declares no parameter ${name}.${hint}`,
    };
  });
}
