import type { Position } from "vscode-languageserver-types";
import { isLive, type LiveMatch } from "../account/matchLive.ts";
import type { LiveFunction } from "../accountSnapshot.ts";
import type { Pool, PoolClaim } from "../analysis.ts";
import type { Grant } from "../budgetFile/budgetFile.ts";
import type { Uri } from "../model.ts";
import type { SourceFile } from "../sources.ts";
import { budgetOf, claimsOfGrant, poolOf } from "./budgets.ts";
import type { FeatureContext } from "./context.ts";
import { fileOf, openEdge } from "./edge.ts";
import { contains, covers, pairSpan, pathAt } from "./treePath.ts";
import { usesIn } from "./uses.ts";

/** A function of a pool. */
export interface PoolFunction {
  /** As in the rows of its pool. */
  readonly key: string;
  /** Name and ARN of the live function; absent when there is none, or when the place stands for several. */
  readonly name?: string;
  readonly arn?: string;
  readonly pool: string;
}

/** The function that a template resource or a budget entry stands for. Of a template in several stacks the first one. */
export function functionAt(context: FeatureContext, uri: Uri, position: Position): PoolFunction | undefined {
  const file = fileOf(context, uri);
  if (!file) return undefined;
  const offset = openEdge(context).offset(file, position);
  return file.kind === "budget" ? inBudget(context, file, offset) : inTemplate(context, file, offset);
}

function inTemplate(context: FeatureContext, file: SourceFile, offset: number): PoolFunction | undefined {
  const here = usesIn(context.analysis, file.uri).filter(({ claim }) => contains(claim.function.extent, offset));
  const [first] = here;
  return (
    first &&
    named(
      first.pool,
      first.claim.key,
      here.map(({ pool, claim }) => matchOf(pool, claim)),
    )
  );
}

function inBudget(context: FeatureContext, file: SourceFile, offset: number): PoolFunction | undefined {
  const path = pathAt(file.tree, offset);
  const entry = path?.keys[0] === "reservations" ? path.pairs[1] : undefined;
  const budget = budgetOf(context.analysis, file);
  if (!entry || !budget) return undefined;
  const isEntry = ({ place }: Grant) => covers(pairSpan(entry), place);
  const document = budget.pools.find(({ reservations }) => reservations.some(isEntry));
  const grant = document?.reservations.find(isEntry);
  const pool = document && poolOf(context.analysis, budget, document);
  return grant && pool && ofGrant(pool, grant);
}

/** Of an entry that stands for several functions none. */
function ofGrant(pool: Pool, grant: Grant): PoolFunction | undefined {
  const [first, ...others] = claimsOfGrant(pool, grant);
  if (others.length > 0) return undefined;
  if (first) return named(pool, first.key, [matchOf(pool, first)]);
  const only = pool.onlyBudgeted.find((each) => each.grant === grant);
  return only && named(pool, grant.pattern, [pool.live?.budgeted.get(only)]);
}

function matchOf(pool: Pool, claim: PoolClaim): LiveMatch | undefined {
  return pool.live?.functions.get(claim);
}

function named({ name: pool }: Pool, key: string, matches: readonly (LiveMatch | undefined)[]): PoolFunction {
  const [live, ...others] = new Set(matches.filter((match): match is LiveFunction => isLive(match)));
  return { key, ...(live && others.length === 0 && { name: live.name, arn: live.arn }), pool };
}
