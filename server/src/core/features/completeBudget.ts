import type { Pool, PoolClaim } from "../analysis.ts";
import type { BudgetKey, KeyTable } from "../budgetFile/budgetKeys.ts";
import type { Uri } from "../model.ts";
import { fileAt, folderOf } from "../pools/paths.ts";
import { environmentsOf, findSamconfig } from "../samconfig/samconfig.ts";
import type { SourceFile } from "../sources.ts";
import { asScalar, deref, get, rootOf } from "../syntax/lookup.ts";
import { many, num } from "../validate/words.ts";
import { slotInside } from "./budgetContext.ts";
import { type BudgetSpot, spotAt } from "./budgetSpot.ts";
import { budgetOf, poolOf } from "./budgets.ts";
import { type Choice, type Cursor, distinctChoices } from "./completion.ts";
import type { FeatureContext } from "./context.ts";
import { fileOf } from "./edge.ts";
import { headroomOfUse, worstCase } from "./headroom.ts";
import { claimsMatching } from "./patterns.ts";
import { templatePaths } from "./templatePaths.ts";
import { yamlScalar } from "./yamlText.ts";

/** More choices than this are not sent; typing narrows them. */
const MAX_CHOICES = 500;

/** Keys of the format where a key may stand, and names and numbers out of the pool where a value may. */
export function completeBudget(context: FeatureContext, file: SourceFile, cursor: Cursor): readonly Choice[] {
  const spot = spotAt(file, cursor);
  if (!spot) return [];
  const pool = poolAt(context, file, spot.document);
  const scene: Scene = { context, file, spot, pool };
  return distinctChoices(spot.onKey ? keyChoices(scene) : valueChoices(scene), MAX_CHOICES);
}

interface Scene {
  readonly context: FeatureContext;
  readonly file: SourceFile;
  readonly spot: BudgetSpot;
  readonly pool: Pool | undefined;
}

function poolAt(context: FeatureContext, file: SourceFile, index: number): Pool | undefined {
  const budget = budgetOf(context.analysis, file);
  const document = budget?.pools.find((each) => each.index === index);
  return budget && document && poolOf(context.analysis, budget, document);
}

function keyChoices(scene: Scene): readonly Choice[] {
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
  const names = new Set(stacksAt(scene).flatMap((stack) => stack.template.parameters));
  return [...names]
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

function valueChoices(scene: Scene): readonly Choice[] {
  const { spot, pool } = scene;
  const [section, entry, field] = spot.parents;
  if (section === "reservations" && (field === undefined || field === "reserved"))
    return grantChoices(pool, String(entry));
  if (section === "stacks") return stackChoices(scene, field);
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

/** Numbers for an entry: what its functions reserve, and the most that they could. */
function grantChoices(pool: Pool | undefined, pattern: string): readonly Choice[] {
  const off: Choice = { label: "off", text: "off", kind: "word", detail: "0 on purpose: the function never runs" };
  if (!pool) return [off];
  const claims = claimsMatching(pool, pattern);
  const declared = claims.flatMap(({ key, function: { reserved } }): Choice[] => {
    if (typeof reserved.value !== "number" || reserved.value === 0) return [];
    return [
      { label: String(reserved.value), text: String(reserved.value), kind: "number", detail: `what ${key} reserves` },
    ];
  });
  const rooms = claims.map((claim) => worstCase(headroomOfUse({ pool, claim })));
  const fits = rooms.length > 0 ? Math.min(...rooms) : 0;
  const largest: Choice = {
    label: String(fits),
    text: String(fits),
    kind: "number",
    detail: `the largest that fits, where ${num(pool.floor)} stay unreserved`,
  };
  return [...declared, ...(fits > 0 ? [largest] : []), off];
}

/** Everything that can be called by a name: functions by FunctionName or `stack/LogicalId`, and whole stacks. */
function patternChoices(pool: Pool | undefined): readonly Choice[] {
  if (!pool) return [];
  const functions = [...pool.claims].sort((a, b) => rank(a) - rank(b)).flatMap(namesOf);
  const stacks = pool.stacks.map(({ name }): Choice => {
    const label = `${name}/*`;
    return { label, text: yamlScalar(label), kind: "stack", detail: "every function of the stack" };
  });
  return [...functions, ...stacks];
}

/** Functions that reserve and are not granted anything come first. */
function rank(claim: PoolClaim): number {
  const reserves = claim.claim.max !== 0;
  return claim.grant ? 2 : reserves ? 0 : 1;
}

function namesOf({ key, function: { name, reserved } }: PoolClaim): readonly Choice[] {
  const detail = typeof reserved.value === "number" ? `reserves ${num(reserved.value)}` : "no reservation";
  const labels = typeof name === "string" ? [name, key] : [key];
  return labels.map((label) => ({ label, text: yamlScalar(label), kind: "function", detail }));
}

function stackChoices(scene: Scene, field: string | number | undefined): readonly Choice[] {
  if (field === "parameters") return allowedValues(scene, String(scene.spot.parents[3] ?? ""));
  if (field === "template") return templateChoices(scene.context, scene.file.uri);
  if (field === "name") return words(stacksAt(scene).map(({ name }) => name));
  if (field === "config") return words(environmentsAt(scene));
  return exampleOf(scene.spot);
}

/** What the template allows for a parameter, else its default. */
function allowedValues(scene: Scene, parameter: string): readonly Choice[] {
  const templates = new Set(stacksAt(scene).map((stack) => stack.template.uri));
  return [...templates].flatMap((uri) => {
    const file = fileOf(scene.context, uri);
    const declared = file && get(get(rootOf(file.tree), "Parameters"), parameter);
    const allowed = deref(get(declared, "AllowedValues"));
    const items = allowed?.kind === "seq" ? allowed.items : [get(declared, "Default")];
    return words(items.flatMap((item) => asScalar(item)?.text ?? []));
  });
}

function templateChoices(context: FeatureContext, budget: Uri): readonly Choice[] {
  return templatePaths(context.analysis, budget).map(({ path, functions }) => ({
    label: path,
    text: yamlScalar(path),
    kind: "file",
    detail: many(functions, "function"),
  }));
}

/** The analysed stacks of the entry at the cursor, found by the template it names. */
function stacksAt({ spot, pool, file }: Scene): Pool["stacks"] {
  const path = asScalar(get(spot.entry, "template"))?.text;
  if (!path || !pool) return [];
  const uri = fileAt(folderOf(file.uri), path);
  return pool.stacks.filter((stack) => stack.template.uri === uri);
}

/** Environments of the samconfig beside the template of the entry at the cursor. */
function environmentsAt({ context, spot, file }: Scene): readonly string[] {
  const path = asScalar(get(spot.entry, "template"))?.text;
  if (!path) return [];
  const config = findSamconfig(folderOf(fileAt(folderOf(file.uri), path)), context.sources, []);
  return config && !("problem" in config) ? environmentsOf(config) : [];
}

function words(all: readonly string[]): readonly Choice[] {
  return all.map((label) => ({ label, text: yamlScalar(label), kind: "word" }));
}
