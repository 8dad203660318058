import type { BudgetFile } from "../../budgetFile/budgetFile.ts";
import type { Finding } from "../../model.ts";
import type { SourceFile } from "../../sources.ts";
import { asMap, getPair } from "../../syntax/lookup.ts";
import { num } from "../../validate/words.ts";
import { budgetOf } from "../budgets.ts";
import type { FeatureContext } from "../context.ts";
import { type Edit, fileOf } from "../edge.ts";
import { templatePaths } from "../templatePaths.ts";
import { indentStep, lineEnding, yamlScalar } from "../yamlText.ts";
import { type FixMaker, fix, replace, targetOf } from "./fix.ts";
import { insertFirstPair, insertPair, type NewPair, pairAtKey, removePair } from "./insertPair.ts";

/** Grants in the budget what the template claims. */
export const addToBudget: FixMaker = (input) => {
  const { data } = input.finding;
  const claim = targetOf(input)?.uses.find((use) => use.claim.key === data?.budgetKey)?.claim.claim;
  const amount = data?.reserved ?? (claim?.min === claim?.max ? claim?.min : undefined);
  if (!data?.budgetKey || amount === undefined) return [];
  const edit = addGrant(input.context, input.finding, data.budgetKey, String(amount));
  return fix(`Add ${data.budgetKey}: ${num(amount)} to the budget`, [edit], true);
};

/** Raises the grant to what the template claims; offered only where the pool still keeps its floor then. */
export const raiseBudget: FixMaker = (input) => {
  const { data } = input.finding;
  const claim = targetOf(input)?.uses.find((use) => use.claim.key === data?.budgetKey)?.claim;
  if (!claim?.grant || data?.raisableTo === undefined) return [];
  const { valuePlace, pattern } = claim.grant;
  const edit = { ...valuePlace, text: String(data.raisableTo) };
  return fix(`Raise the budget of ${pattern} to ${num(data.raisableTo)}`, [edit]);
};

/** Declares a reservation of 0 as meant. */
export const declareOff: FixMaker = (input) => {
  const { data } = input.finding;
  const claim = targetOf(input)?.uses.find((use) => use.claim.key === data?.budgetKey)?.claim;
  if (!data?.budgetKey) return [];
  const own = claim?.grant && !claim.grant.pattern.includes("*") ? claim.grant : undefined;
  const edit = own ? { ...own.valuePlace, text: "off" } : addGrant(input.context, input.finding, data.budgetKey, "off");
  return fix(`Declare ${own?.pattern ?? data.budgetKey} off in the budget`, [edit], true);
};

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

/** An entry at the end of `reservations`, which is made when it is missing. */
export function addGrant(context: FeatureContext, finding: Finding, key: string, value: string): Edit | undefined {
  const target = finding.data?.budget;
  const file = target && fileOf(context, target.uri);
  const budget = file && budgetOf(context.analysis, file);
  if (!target || !file || !budget) return undefined;
  return addGrantTo(file, budget, target.pool, key, value);
}

function addGrantTo(file: SourceFile, budget: BudgetFile, index: number, key: string, value: string): Edit | undefined {
  const pool = budget.pools.find((each) => each.index === index);
  const document = file.tree.documents[index];
  if (!pool || !document) return undefined;
  const pair: NewPair = { key: yamlScalar(key), block: value, flow: value };
  const root = document.root;
  const reservations = getPair(root, "reservations");
  if (reservations) {
    const map = asMap(reservations.value);
    return map && map.written.length > 0
      ? insertPair(file, map, pair, "end")
      : insertFirstPair(file, reservations, pair);
  }
  const step = indentStep(file.text);
  const section: NewPair = {
    key: "reservations",
    block: `\n${step}${pair.key}: ${value}`,
    flow: `{ ${pair.key}: ${value} }`,
  };
  if (root?.kind === "map") return insertPair(file, root, section, "end");
  if (root && !(root.kind === "scalar" && root.value === null)) return undefined;
  const eol = lineEnding(file.text);
  const text = `reservations:${eol}${step}${pair.key}: ${value}${eol}`;
  return { uri: file.uri, start: document.end, end: document.end, text };
}
