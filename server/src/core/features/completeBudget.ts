import type { Pool } from "../analysis.ts";
import type { BudgetKey, KeyTable } from "../budgetFile/budgetKeys.ts";
import type { SourceFile } from "../sources.ts";
import { slotInside } from "./budgetContext.ts";
import { type BudgetSpot, spotAt } from "./budgetSpot.ts";
import { budgetOf, poolOf } from "./budgets.ts";
import { type Choice, type Cursor, distinctChoices, words } from "./completion.ts";
import type { FeatureContext } from "./context.ts";
import { grantChoices, patternChoices } from "./poolChoices.ts";
import { type BudgetScene, parameterNames, stackChoices } from "./stackChoices.ts";

/** More choices than this are not sent; typing narrows them. */
const MAX_CHOICES = 500;

/** Keys of the format where a key may stand, and names and numbers out of the pool where a value may. */
export function completeBudget(context: FeatureContext, file: SourceFile, cursor: Cursor): readonly Choice[] {
  const spot = spotAt(file, cursor);
  if (!spot) return [];
  const pool = poolAt(context, file, spot.document);
  const scene: BudgetScene = { context, file, spot, pool };
  return distinctChoices(spot.onKey ? keyChoices(scene) : valueChoices(scene), MAX_CHOICES);
}

function poolAt(context: FeatureContext, file: SourceFile, index: number): Pool | undefined {
  const budget = budgetOf(context.analysis, file);
  const document = budget?.pools.find((each) => each.index === index);
  return budget && document && poolOf(context.analysis, budget, document);
}

function keyChoices(scene: BudgetScene): readonly Choice[] {
  const { spot, pool } = scene;
  const slot = slotInside(spot.parents);
  if (slot?.kind === "keys") return tableChoices(slot.table, spot);
  if (slot?.kind === "patterns") return patternChoices(pool);
  if (slot?.kind === "grantNames") {
    return patternChoices(pool)
      .filter(({ label }) => !spot.siblings.has(label))
      .map((choice) => ({ ...choice, text: spot.colonFollows ? choice.text : `${choice.text}: ` }));
  }
  if (slot?.kind !== "parameterNames") return [];
  return parameterNames(scene)
    .filter((name) => !spot.siblings.has(name))
    .map((name) => ({
      label: name,
      text: spot.colonFollows ? name : `${name}: `,
      kind: "key",
      detail: "parameter of the template",
    }));
}

function tableChoices(table: KeyTable, spot: BudgetSpot): readonly Choice[] {
  return Object.entries(table)
    .filter(([name]) => !spot.siblings.has(name))
    .map(([name, key]) => ({
      label: name,
      text: spot.colonFollows ? name : keyWithRest(name, key, spot),
      kind: "key",
      documentation: key.example ? `${key.description}\n\nExample: \`${name}: ${key.example}\`` : key.description,
    }));
}

/** A key with what always follows it: a line for a section, a blank for a value. */
function keyWithRest(name: string, key: BudgetKey, spot: BudgetSpot): string {
  const section = key.example === "" && !spot.inFlow;
  if (!section) return `${name}: `;
  return name === "stacks" ? "stacks:\n  - template: " : `${name}:\n  `;
}

function valueChoices(scene: BudgetScene): readonly Choice[] {
  const { spot, pool } = scene;
  const [section, entry, field] = spot.parents;
  if (section === "reservations" && (field === undefined || field === "reserved"))
    return grantChoices(pool, String(entry));
  if (section === "stacks") return stackChoices(scene, field) ?? exampleOf(spot);
  if ((section === "downstreams" && field === "functions") || section === "kill-groups") return patternChoices(pool);
  if (section === "environment") return words(["production", "staging", "development"]);
  if (section === "region") return words(scene.context.analysis.pools.flatMap(({ region }) => region ?? []));
  return exampleOf(spot);
}

/** A key that nothing is known about in this pool: its example. */
function exampleOf(spot: BudgetSpot): readonly Choice[] {
  const name = spot.parents.at(-1);
  const slot = slotInside(spot.parents.slice(0, -1));
  const key = slot?.kind === "keys" && typeof name === "string" ? slot.table[name] : undefined;
  if (!key?.example || !/^[\w"]+$/.test(key.example)) return [];
  return [{ label: key.example, text: key.example, kind: "word", detail: "example", documentation: key.description }];
}
