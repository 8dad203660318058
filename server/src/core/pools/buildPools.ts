import type { AnalysisInput, AnalysisOptions, FileReport, Pool } from "../analysis.ts";
import type { BudgetFile } from "../budgetFile/budgetFile.ts";
import type { Uri } from "../model.ts";
import type { Sources } from "../sources.ts";
import { assemble, type PoolParts } from "./assemble.ts";
import { nestedIn, outermost } from "./outermost.ts";
import { shortName } from "./paths.ts";
import { freshPoolSources, type PoolSources } from "./poolSources.ts";
import { reportFiles } from "./reports.ts";
import { type ConfiguredStack, isTemplateAt, newRoom, type Room, stacksOfEntry } from "./stacks.ts";
import { standaloneStacks } from "./standaloneStacks.ts";

/** The pools of an analysis and what is known about its files. */
export interface BuiltPools {
  readonly pools: readonly Pool[];
  /** One stand-in for each budget file in which no pool could be read, so that its mistakes are reported all the same. */
  readonly withoutPool: readonly Pool[];
  readonly files: readonly FileReport[];
}

/** Builds the pools that budgets declare, and one for each template that no budget lists. */
export function buildPools(input: AnalysisInput, sources: Sources): BuiltPools {
  return buildPoolsFrom(input, freshPoolSources(sources), assemble);
}

/** The same from what may be remembered, with a way of assembling that may remember too. */
export function buildPoolsFrom(
  input: AnalysisInput,
  poolSources: PoolSources,
  assembleParts: (parts: PoolParts, options: AnalysisOptions, sources: Sources) => Pool,
): BuiltPools {
  const budgets = [...new Set(input.budgets)].flatMap((uri) => readBudget(uri, poolSources));
  const room = newRoom();
  const budgeted = budgets.flatMap((file) => budgetParts(file, input.options, poolSources, room));
  const listed = new Set<Uri>();
  for (const { stacks } of budgeted) for (const { stack } of stacks) reach(stack.template.uri, stack, listed);
  const standalone = standaloneParts(input, listed, poolSources);
  const pools = [...budgeted, ...standalone].map((parts) => assembleParts(parts, input.options, poolSources.sources));
  const withoutPool = budgets.flatMap((file) => (file.pools.length === 0 ? [standIn(file)] : []));
  return {
    pools,
    withoutPool: withoutPool.map((parts) => assembleParts(parts, input.options, poolSources.sources)),
    files: reportFiles(input, pools, poolSources.sources),
  };
}

function standIn(file: BudgetFile): PoolParts {
  const place = { uri: file.uri, start: 0, end: 0 };
  const pool = { index: 0, name: "", place, stacks: [], reservations: [], downstreams: [], killGroups: [] };
  return { id: `budget - ${file.uri}`, name: "", budget: { file, pool }, stacks: [], missing: [] };
}

function readBudget(uri: Uri, poolSources: PoolSources): BudgetFile[] {
  const source = poolSources.sources.get(uri);
  return "error" in source ? [] : [poolSources.budget(source)];
}

function reach(uri: Uri, { template }: ConfiguredStack["stack"], listed: Set<Uri>): void {
  listed.add(uri);
  for (const nested of nestedIn(template)) listed.add(nested);
}

function budgetParts(file: BudgetFile, options: AnalysisOptions, poolSources: PoolSources, room: Room): PoolParts[] {
  return file.pools.map((pool) => {
    const found = pool.stacks.map((entry) => stacksOfEntry(entry, pool, options, poolSources, room));
    return {
      id: `budget ${pool.index} ${file.uri}`,
      name: pool.name,
      budget: { file, pool },
      stacks: found.flatMap(({ stacks }) => stacks),
      missing: found.flatMap(({ missing }) => missing),
    };
  });
}

function standaloneParts(
  { templates, options }: AnalysisInput,
  listed: ReadonlySet<Uri>,
  poolSources: PoolSources,
): PoolParts[] {
  // File by file: what a file is and what it declares are both read from its tree, which may be forgotten soon after.
  const all = [...new Set(templates)].flatMap((uri) => {
    if (listed.has(uri) || !isTemplateAt(uri, poolSources.sources)) return [];
    return standaloneStacks(uri, options, poolSources).map((one) => ({ ...one, template: one.stack.template }));
  });
  const stacks: readonly ConfiguredStack[] = outermost(all).map(({ template: _, ...one }) => one);
  if (options.together) {
    return stacks.length === 0 ? [] : [{ id: "together", name: "together", stacks, missing: [] }];
  }
  return stacks.map((one) => {
    const { uri } = one.stack.template;
    const { label } = one.stack;
    const name = label === undefined ? shortName(uri) : `${shortName(uri)} (${label})`;
    return { id: `template ${uri} ${label ?? ""}`, name, stacks: [one], missing: [] };
  });
}
