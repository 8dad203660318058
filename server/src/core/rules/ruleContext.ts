import type { Strangers } from "../account/strangers.ts";
import type { AccountSnapshot } from "../accountSnapshot.ts";
import type { Pool, PoolClaim, Stack } from "../analysis.ts";
import { type FunctionDemand, functionPath } from "../demand/demand.ts";
import type { DeclaredFunction, ResolvedTemplate, Uri } from "../model.ts";
import type { Sources } from "../sources.ts";
import { type CasesNotNow, findCasesNotNow } from "./casesNotNow.ts";
import { type CasesTooMany, findCasesTooMany } from "./casesTooMany.ts";

/** One template (of a stack, or nested in it) where it stands in a pool. */
export interface TemplateUse {
  readonly pool: Pool;
  readonly stack: Stack;
  readonly template: ResolvedTemplate;
  /** Logical ids of the nested stacks around it, outermost first. */
  readonly nesting: readonly string[];
  /** The pool's claims of this template's functions here, by logical id. */
  readonly claims: ReadonlyMap<string, PoolClaim>;
  /** Its functions here. */
  readonly functions: readonly FunctionUse[];
}

/** A function of a template where it stands in a pool. `claim` is absent for a function outside the pool. */
export interface FunctionUse {
  readonly use: TemplateUse;
  readonly declared: DeclaredFunction;
  readonly claim?: PoolClaim;
}

/** What pushes events at the function; undefined when nothing is known to. */
export function demandOf({ use, declared }: FunctionUse): FunctionDemand | undefined {
  return use.stack.template.demand.get(functionPath(use.nesting, declared.logicalId));
}

/** What the rules look at: the pools, and every template where it stands. */
export interface RuleContext {
  readonly pools: readonly Pool[];
  readonly uses: readonly TemplateUse[];
  /** How many uses a file has; above 1 a message says which one it is about. */
  readonly usesOf: ReadonlyMap<Uri, number>;
  /** What a use is called in messages; with more where several have one name (one stack in two Regions). */
  readonly nameOf: ReadonlyMap<TemplateUse, string>;
  /** What the files leave out of each account. */
  readonly strangers: ReadonlyMap<AccountSnapshot, Strangers>;
  /** The text of a file; empty when it cannot be read. */
  readonly textOf: (uri: Uri) => string;
  /** By pool, where only some cases claim too many: these. */
  readonly casesTooMany: ReadonlyMap<Pool, CasesTooMany>;
  /** By pool, where its account has too little for some cases only: these. */
  readonly casesNotNow: ReadonlyMap<Pool, CasesNotNow>;
}

/** More templates than this are not checked one by one in a pool: stacks that nest each other twice grow without end. */
const MAX_USES = 10_000;

/** Finds every place in which a template stands in a pool. */
export function createRuleContext(
  pools: readonly Pool[],
  sources: Sources,
  strangers: RuleContext["strangers"],
): RuleContext {
  const uses = pools.flatMap(usesOfPool);
  const usesOf = new Map<Uri, number>();
  for (const { template } of uses) usesOf.set(template.uri, (usesOf.get(template.uri) ?? 0) + 1);
  const textOf = (uri: Uri) => {
    const file = sources.get(uri);
    return "text" in file ? file.text : "";
  };
  const casesTooMany = new Map<Pool, CasesTooMany>();
  const casesNotNow = new Map<Pool, CasesNotNow>();
  for (const pool of pools) {
    const found = findCasesTooMany(pool);
    if (found) casesTooMany.set(pool, found);
    const notNow = findCasesNotNow(pool);
    if (notNow) casesNotNow.set(pool, notNow);
  }
  return { pools, uses, usesOf, nameOf: nameUses(uses), strangers, textOf, casesTooMany, casesNotNow };
}

/** Names alone where they tell the uses of a file apart, else with the environment, else with the pool. */
function nameUses(uses: readonly TemplateUse[]): Map<TemplateUse, string> {
  const groups = new Map<string, TemplateUse[]>();
  for (const use of uses) {
    const key = `${use.template.uri} ${plainName(use)}`;
    const group = groups.get(key);
    if (group) group.push(use);
    else groups.set(key, [use]);
  }
  const names = new Map<TemplateUse, string>();
  for (const group of groups.values()) {
    const environments = new Set(group.map(({ stack }) => stack.label ?? stack.environment));
    const tellsApart = environments.size === group.length && !environments.has(undefined);
    for (const use of group) {
      const more = tellsApart ? (use.stack.label ?? use.stack.environment) : `pool ${use.pool.name}`;
      names.set(use, group.length === 1 ? plainName(use) : `${plainName(use)} (${more})`);
    }
  }
  return names;
}

/** The stack, with the nested stacks that lead to the template. */
function plainName(use: TemplateUse): string {
  return [use.stack.name, ...use.nesting].join("/");
}

function usesOfPool(pool: Pool): TemplateUse[] {
  const uses: TemplateUse[] = [];
  const claims = new Map<Stack, Map<string, Map<string, PoolClaim>>>();
  for (const claim of pool.claims) {
    const ofStack = claims.get(claim.stack) ?? new Map<string, Map<string, PoolClaim>>();
    claims.set(claim.stack, ofStack);
    const path = claim.nesting.join("/");
    const ofTemplate = ofStack.get(path) ?? new Map<string, PoolClaim>();
    ofStack.set(path, ofTemplate);
    ofTemplate.set(claim.function.logicalId, claim);
  }
  const none: ReadonlyMap<string, PoolClaim> = new Map();
  const visit = (stack: Stack, template: ResolvedTemplate, nesting: readonly string[]) => {
    if (uses.length >= MAX_USES) return;
    const functions: FunctionUse[] = [];
    const ofTemplate = claims.get(stack)?.get(nesting.join("/")) ?? none;
    const use = { pool, stack, template, nesting, claims: ofTemplate, functions };
    for (const declared of template.functions) {
      const claim = ofTemplate.get(declared.logicalId);
      functions.push({ use, declared, ...(claim && { claim }) });
    }
    uses.push(use);
    for (const child of template.nested) {
      if (child.template) visit(stack, child.template, [...nesting, child.logicalId]);
    }
  };
  for (const stack of pool.stacks) visit(stack, stack.template, []);
  return uses;
}
