import type { Strangers } from "../account/strangers.ts";
import type { AccountSnapshot } from "../accountSnapshot.ts";
import type { Pool, PoolClaim, Stack } from "../analysis.ts";
import type { DeclaredFunction, ResolvedTemplate, Uri } from "../model.ts";
import type { Sources } from "../sources.ts";
import { type CasesNotNow, findCasesNotNow } from "./casesNotNow.ts";
import { type CasesTooMany, findCasesTooMany } from "./casesTooMany.ts";

/** One template (of a stack, or nested in it) where it stands in a pool. */
export interface Site {
  readonly pool: Pool;
  readonly stack: Stack;
  readonly template: ResolvedTemplate;
  /** Logical ids of the nested stacks around it, outermost first. */
  readonly nesting: readonly string[];
  /** The pool's claims of this template's functions here, by logical id. */
  readonly claims: ReadonlyMap<string, PoolClaim>;
  /** Its functions here. */
  readonly subjects: readonly Subject[];
}

/** A function of a template where it stands in a pool. `claim` is absent for a function outside the pool. */
export interface Subject {
  readonly site: Site;
  readonly declared: DeclaredFunction;
  readonly claim?: PoolClaim;
}

/** What the rules look at: the pools, and every template where it stands. */
export interface Scene {
  readonly pools: readonly Pool[];
  readonly sites: readonly Site[];
  /** How many sites a file has; above 1 a message says which one it is about. */
  readonly sitesOf: ReadonlyMap<Uri, number>;
  /** What a site is called in messages; with more where several have one name (one stack in two Regions). */
  readonly nameOf: ReadonlyMap<Site, string>;
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
const MAX_SITES = 10_000;

/** Finds every place in which a template stands in a pool. */
export function setScene(pools: readonly Pool[], sources: Sources, strangers: Scene["strangers"]): Scene {
  const sites = pools.flatMap(sitesOfPool);
  const sitesOf = new Map<Uri, number>();
  for (const { template } of sites) sitesOf.set(template.uri, (sitesOf.get(template.uri) ?? 0) + 1);
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
  return { pools, sites, sitesOf, nameOf: nameSites(sites), strangers, textOf, casesTooMany, casesNotNow };
}

/** Names alone where they tell the sites of a file apart, else with the environment, else with the pool. */
function nameSites(sites: readonly Site[]): Map<Site, string> {
  const groups = new Map<string, Site[]>();
  for (const site of sites) {
    const key = `${site.template.uri} ${plainName(site)}`;
    const group = groups.get(key);
    if (group) group.push(site);
    else groups.set(key, [site]);
  }
  const names = new Map<Site, string>();
  for (const group of groups.values()) {
    const environments = new Set(group.map(({ stack }) => stack.label ?? stack.environment));
    const tellsApart = environments.size === group.length && !environments.has(undefined);
    for (const site of group) {
      const more = tellsApart ? (site.stack.label ?? site.stack.environment) : `pool ${site.pool.name}`;
      names.set(site, group.length === 1 ? plainName(site) : `${plainName(site)} (${more})`);
    }
  }
  return names;
}

/** The stack, with the nested stacks that lead to the template. */
function plainName(site: Site): string {
  return [site.stack.name, ...site.nesting].join("/");
}

function sitesOfPool(pool: Pool): Site[] {
  const sites: Site[] = [];
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
    if (sites.length >= MAX_SITES) return;
    const subjects: Subject[] = [];
    const ofTemplate = claims.get(stack)?.get(nesting.join("/")) ?? none;
    const site = { pool, stack, template, nesting, claims: ofTemplate, subjects };
    for (const declared of template.functions) {
      const claim = ofTemplate.get(declared.logicalId);
      subjects.push({ site, declared, ...(claim && { claim }) });
    }
    sites.push(site);
    for (const child of template.nested) {
      if (child.template) visit(stack, child.template, [...nesting, child.logicalId]);
    }
  };
  for (const stack of pool.stacks) visit(stack, stack.template, []);
  return sites;
}
