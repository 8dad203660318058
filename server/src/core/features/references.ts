import type { Location, Position } from "vscode-languageserver-types";
import type { Pool, PoolClaim } from "../analysis.ts";
import type { Place, Uri } from "../model.ts";
import { matchesGrant } from "../pools/grants.ts";
import type { SourceFile } from "../sources.ts";
import { budgetHitAt, budgetOf, claimsOfGrant, patternsOf, poolOf, stacksOfEntry } from "./budgets.ts";
import type { FeatureContext } from "./context.ts";
import { distinct } from "./definition.ts";
import { fileOf, openEdge } from "./edge.ts";
import { claimsMatching } from "./patterns.ts";
import { templateHitAt } from "./uses.ts";

/** Every place that speaks of the same functions: their numbers in templates, their budget entries, the groups that name them. */
export function references(
  context: FeatureContext,
  uri: Uri,
  position: Position,
  includeDeclaration: boolean,
): Location[] {
  const file = fileOf(context, uri);
  if (!file) return [];
  const edge = openEdge(context);
  const offset = edge.offset(file, position);
  const places = file.kind === "budget" ? ofBudget(context, file, offset) : ofTemplate(context, file, offset);
  const wanted = includeDeclaration
    ? places
    : places.filter((place) => place.uri !== uri || place.start > offset || place.end < offset);
  return distinct(wanted).flatMap((place) => edge.location(place) ?? []);
}

function ofBudget(context: FeatureContext, file: SourceFile, offset: number): readonly Place[] {
  const budget = budgetOf(context.analysis, file);
  const hit = budget && budgetHitAt(budget, offset);
  const pool = budget && hit && poolOf(context.analysis, budget, hit.pool);
  if (!hit || !pool) return [];
  if (hit.kind === "grant") return [hit.grant.place, ...mentions(pool, claimsOfGrant(pool, hit.grant))];
  if (hit.kind === "pattern") return [hit.pattern.place, ...mentions(pool, claimsMatching(pool, hit.pattern.value))];
  if (hit.part.kind !== "name") return [];
  const stacks = stacksOfEntry(pool, hit.stack);
  return [
    hit.part.place,
    ...mentions(
      pool,
      pool.claims.filter((claim) => stacks.includes(claim.stack)),
    ),
  ];
}

function ofTemplate(context: FeatureContext, file: SourceFile, offset: number): readonly Place[] {
  const hit = templateHitAt(context.analysis, file, offset);
  if (!hit) return [];
  if (hit.kind === "source" || hit.kind === "globals") {
    const here = { uri: file.uri, start: hit.span.start, end: hit.span.end };
    return [here, ...hit.uses.map(({ setting }) => setting.place)];
  }
  return hit.uses.flatMap(({ pool, claim }) => [claim.function.place, ...mentions(pool, [claim])]);
}

/** The numbers of these functions, the grants they take, and the patterns of downstreams and kill groups that name them. */
function mentions(pool: Pool, claims: readonly PoolClaim[]): readonly Place[] {
  const numbers = claims.map(({ function: declared }) =>
    declared.reserved.origin === "absent" ? declared.place : declared.reserved.place,
  );
  const grants = claims.flatMap((claim) => claim.grant?.place ?? []);
  const patterns = pool.budget ? patternsOf(pool.budget.pool) : [];
  const named = patterns.filter((pattern) => claims.some((claim) => matchesGrant(pattern.value, claim)));
  return [...numbers, ...grants, ...named.map((pattern) => pattern.place)];
}
