import type { Pool } from "../analysis.ts";
import { isWildcard } from "../patterns/wildcard.ts";
import type { FeatureContext } from "./context.ts";
import type { Edit } from "./edge.ts";
import { addGrants, type NewGrant } from "./fixes/grants.ts";
import { valueEdits } from "./fixes/valueEdits.ts";

/** What a budget document is to grant from now on. */
export interface GrantChanges {
  /** New values of entries, by their pattern. */
  readonly wanted: ReadonlyMap<string, number>;
  /** Values of entries that are to be added, by their key. */
  readonly added: ReadonlyMap<string, number>;
}

/** The edits that write grants; everything else in the file stays as it is. `left`: what could not be written, and why. */
export interface GrantEdits {
  readonly edits: readonly Edit[];
  readonly left: readonly string[];
}

/** Writes grants of a pool's budget; a budget file with mistakes is left alone. Undefined without a budget. */
export function grantEdits(
  context: FeatureContext,
  { budget }: Pool,
  { wanted, added }: GrantChanges,
): GrantEdits | undefined {
  if (budget === undefined) return undefined;
  const [mistake] = budget.file.problems;
  if (mistake !== undefined)
    return { edits: [], left: [`The budget file has mistakes; mend them first. ${mistake.message}`] };
  const file = context.sources.get(budget.file.uri);
  const text = "text" in file ? file.text : "";
  const edits = valueEdits({ text, budget: budget.file, document: budget.pool.index, wanted });
  const additions = addGrants(
    context,
    [...added].map(([key, value]): NewGrant => {
      return { budget: budget.file.uri, document: budget.pool.index, key, value: value === 0 ? "off" : String(value) };
    }),
  );
  return {
    edits: [...edits, ...additions.flatMap((edit) => edit ?? [])],
    left: additions.includes(undefined)
      ? ["Entries cannot be added to reservations as it is written; write it as a mapping."]
      : [],
  };
}

/** The changes that make a budget grant these numbers to functions of its pool, by the keys of their rows: an entry of its own beats a pattern. */
export function grantChanges(pool: Pool, grants: ReadonlyMap<string, number>): GrantChanges {
  const entries = new Map([
    ...pool.claims.map(({ key, grant }) => [key, grant] as const),
    ...pool.onlyBudgeted.map(({ grant }) => [grant.pattern, grant] as const),
  ]);
  const wanted = new Map<string, number>();
  const added = new Map<string, number>();
  for (const [key, value] of grants) {
    const grant = entries.get(key);
    if (grant?.reserved === value) continue;
    if (grant !== undefined && !isWildcard(grant.pattern)) wanted.set(grant.pattern, value);
    else added.set(key, value);
  }
  return { wanted, added };
}
