import { unconditionalClaim } from "../../ledger/claim.ts";
import { isWildcard } from "../../patterns/wildcard.ts";
import { num } from "../../wording/words.ts";
import { templatePaths } from "../templatePaths.ts";
import type { Use } from "../uses.ts";
import { yamlScalar } from "../yamlText.ts";
import { type FixMaker, fix, replace, targetOf } from "./fix.ts";
import { addGrants, grantFor, type NewGrant } from "./grants.ts";
import { pairAtKey, removePair } from "./insertPair.ts";

/** Grants in the budget what the template claims, in every stack and copy that the finding is about. */
export const addToBudget: FixMaker = (input) => {
  const uses = targetOf(input)?.uses.filter(({ claim }) => !claim.grant) ?? [];
  const first = uses.find(({ claim }) => claim.key === input.finding.data?.budgetKey) ?? uses[0];
  const amount = first && decidedClaim(first);
  if (!amount) return [];
  const grants = uses
    .filter((use) => decidedClaim(use) === amount)
    .flatMap((use) => grantFor(use, String(amount)) ?? []);
  return fix(`Add ${named(grants, `: ${num(amount)}`)} to the budget`, addGrants(input.context, grants), true);
};

/** What a function claims once it exists; undefined when that is not decided. */
function decidedClaim({ claim }: Use): number | undefined {
  const { min, max } = unconditionalClaim(claim.function);
  return min === max ? min : undefined;
}

/** The only entry by its key, several by their number. */
function named(grants: readonly NewGrant[], suffix: string): string {
  const keys = [...new Set(grants.map(({ key }) => key))];
  return keys.length === 1 ? `${keys[0]}${suffix}` : `${keys.length} entries`;
}

/** Raises the grants to what the template claims; offered only where the pool still keeps its floor then. */
export const raiseBudget: FixMaker = (input) => {
  const amount = input.finding.data?.raisableTo;
  if (amount === undefined) return [];
  const uses = targetOf(input)?.uses.filter((use) => decidedClaim(use) === amount) ?? [];
  const grants = new Map(
    uses.flatMap(({ claim: { grant } }) =>
      grant && grant.reserved < amount ? [[`${grant.valuePlace.start} ${grant.valuePlace.uri}`, grant]] : [],
    ),
  );
  const [first] = grants.values();
  const what = grants.size === 1 ? `the budget of ${first?.pattern}` : `${grants.size} budget entries`;
  const edits = [...grants.values()].map(({ valuePlace }) => ({ ...valuePlace, text: String(amount) }));
  return fix(`Raise ${what} to ${num(amount)}`, edits);
};

/** Declares a reservation of 0 as meant, in every budget that does not say so yet. */
export const declareOff: FixMaker = (input) => {
  const uses = targetOf(input)?.uses.filter(({ claim, pool }) => pool.budget && !claim.grant?.off) ?? [];
  const [exact, others] = [uses.filter(isExact), uses.filter((use) => !isExact(use))];
  const edits = exact.flatMap(({ claim }) => (claim.grant ? [{ ...claim.grant.valuePlace, text: "off" }] : []));
  const grants = others.flatMap((use) => grantFor(use, "off") ?? []);
  const keys = [...exact.flatMap(({ claim }) => claim.grant?.pattern ?? []), ...grants.map(({ key }) => key)];
  const what = keys.length === 1 ? keys[0] : (targetOf(input)?.declared.logicalId ?? "");
  return fix(`Declare ${what} off in the budget`, [...edits, ...addGrants(input.context, grants)], true);
};

/** The entry is this function's alone, not a pattern's. */
function isExact({ claim }: Use): boolean {
  return claim.grant !== undefined && !isWildcard(claim.grant.pattern);
}

/** Removes a budget entry that nothing takes. */
export const removeEntry: FixMaker = ({ finding, file }) => {
  const document = file.tree.documents.find(
    (each) => each.start <= finding.place.start && finding.place.end <= each.end,
  );
  const found = pairAtKey(document?.root, finding.place.start);
  if (found?.pair.key.kind !== "scalar") return [];
  return fix(
    `Remove ${found.pair.key.text} from the budget`,
    [removePair(file, found.map, found.pair, found.holder)],
    true,
  );
};

/** More templates than this are not offered for one that is missing. */
const MAX_TEMPLATES = 3;

/** Templates with the file name that a stack entry asks for in vain. */
export const pickTemplate: FixMaker = ({ context, finding, file }) => {
  if (finding.related.length > 0) return [];
  const asked = file.text.slice(finding.place.start, finding.place.end).replace(/^["']|["']$/g, "");
  const name = asked.split("/").at(-1);
  const found = templatePaths(context.analysis, file.uri).filter(({ path }) => path.split("/").at(-1) === name);
  if (found.length > MAX_TEMPLATES) return [];
  return found.flatMap(({ path }) =>
    fix(`Use ${path}`, [replace(file, finding.place, yamlScalar(path))], found.length === 1),
  );
};

/** The ready-made replacement of a finding. */
export const replaceText: FixMaker = ({ finding, file }) => {
  const replacement = finding.data?.replacement;
  return replacement ? fix(replacement.title, [replace(file, finding.place, replacement.text)], true) : [];
};
