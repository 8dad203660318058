import type { AnalysisOptions, MissingStack, Stack } from "../analysis.ts";
import type { BudgetPool, BudgetStack } from "../budgetFile/budgetFile.ts";
import type { Uri } from "../model.ts";
import { isWildcard, matchesWildcard } from "../patterns/wildcard.ts";
import type { StackConfig } from "../samconfig/stackConfig.ts";
import type { SourceError, SourceFile, Sources } from "../sources.ts";
import { folderOf, resolvePath } from "../uris.ts";
import { leftOutStacks } from "./leftOut.ts";
import { outermost } from "./outermost.ts";
import { folderName, isPathGlob } from "./paths.ts";
import type { PoolSources } from "./poolSources.ts";
import { entryConfig, environmentOf } from "./stackConfigs.ts";
import { regionOf, type Said, samconfigName, surroundingsOf, withSurroundings } from "./surroundings.ts";

/** A stack with the samconfig answer it was made with. */
export interface ConfiguredStack {
  readonly stack: Stack;
  readonly config: StackConfig;
}

/** What a budget's stack entry leads to. */
export interface FoundStacks {
  readonly stacks: readonly ConfiguredStack[];
  readonly missing: readonly MissingStack[];
}

/** How many stacks the budgets of one analysis may still lead to: names times templates can be more than anybody deploys. */
export interface Room {
  stacks: number;
  /** How many globs may still be searched for: each is a walk over folders. */
  globs: number;
  /** Stack names in reservations, once for all entries of a pool. */
  readonly reserved: Map<BudgetPool, readonly string[]>;
}

const MAX_STACKS = 20_000;
const MAX_GLOBS = 1_000;

/** Room for the stacks of one analysis. */
export function newRoom(): Room {
  return { stacks: MAX_STACKS, globs: MAX_GLOBS, reserved: new Map() };
}

/** The stacks of one entry of a budget: one for each template found and each name listed. */
export function stacksOfEntry(
  entry: BudgetStack,
  pool: BudgetPool,
  options: AnalysisOptions,
  poolSources: PoolSources,
  room: Room,
): FoundStacks {
  const folder = folderOf(entry.place.uri);
  if (isPathGlob(entry.template.value) && --room.globs < 0) {
    const message = `${entry.template.value} is not searched for: the budgets have more than ${MAX_GLOBS} globs of templates.`;
    return { stacks: [], missing: [{ entry, message }] };
  }
  const { files, why, isGlob } = findFiles(entry.template.value, folder, poolSources.sources);
  const copies = copiesOf(entry, pool, room);
  room.stacks -= files.length * Math.max(1, copies.length);
  if (room.stacks < 0) {
    const message = `${entry.template.value} and the entries before it lead to too many stacks (more than ${MAX_STACKS}); this one is not counted.`;
    return { stacks: [], missing: [{ entry, message }] };
  }
  // File by file: what a file is and what it declares are both read from its tree, which may be forgotten soon after.
  const stacks = files.flatMap((uri) => {
    if (!isTemplateAt(uri, poolSources.sources)) return [];
    const config = entryConfig(uri, entry, options, poolSources);
    const named = copies.length > 0 ? copies : [unnamed(entry, uri, config)];
    return named.map(({ name, instances, called }) => {
      const surroundings = surroundingsOf(called, pool, options, config);
      const template = poolSources.resolve(uri, withSurroundings(config.parameters, surroundings));
      return { config, template, name, instances, ...regionOf(surroundings) };
    });
  });
  const leftOut = isGlob ? leftOutStacks(entry, files, folder, poolSources.sources) : [];
  if (stacks.length === 0) return { stacks: [], missing: leftOut.length > 0 ? leftOut : [{ entry, message: why }] };
  return {
    missing: leftOut,
    stacks: outermost(stacks).map(({ config, ...stack }) => ({
      config,
      stack: { ...stack, ...environmentOf(config), place: entry.place },
    })),
  };
}

/** The stacks of whose name somebody is sure: the budget or samconfig says it. Copies beyond the names that are said have others. */
export function namedStacks(stacks: readonly ConfiguredStack[], budget: BudgetPool | undefined): ReadonlySet<Stack> {
  const withNames = new Set(budget?.stacks.filter(({ names }) => names.length > 0).map(({ place }) => place));
  const isNamed = ({ stack, config }: ConfiguredStack) =>
    isWildcard(stack.name) ||
    (stack.instances === 1 && ((stack.place && withNames.has(stack.place)) || config.stackName === stack.name));
  return new Set(stacks.filter(isNamed).map(({ stack }) => stack));
}

/** A copy of a stack; `called` is there when this is really its name, not only what we call it. */
interface Copy extends Pick<Stack, "name" | "instances"> {
  readonly called: Said | undefined;
}

/** The copies of an entry without a name. */
function unnamed({ instances }: BudgetStack, uri: Uri, config: StackConfig): Copy {
  const called = instances === 1 ? samconfigName(config) : undefined;
  return { name: config.stackName ?? folderName(uri), instances, called };
}

/**
 * Copies of an entry with names. Of a list each name is one copy; copies beyond the list are counted under its first glob, else its
 * last name (and the budget reports that the numbers do not agree). Copies of a glob that a reservation names (`dev1/Fn` under
 * `dev*`) stand under their own name: what is granted to one is not granted to the others.
 */
function copiesOf({ names, instances }: BudgetStack, pool: BudgetPool, room: Room): readonly Copy[] {
  const glob = names.findIndex(({ value }) => isWildcard(value));
  const bearer = glob < 0 ? names.length - 1 : glob;
  const extra = Math.max(0, instances - names.length);
  return names.flatMap(({ value, place }, i): Copy[] => {
    const copies = i === bearer ? 1 + extra : 1;
    const source = { what: "name in the budget", place };
    if (i !== glob)
      return [
        { name: value, instances: copies, called: copies === 1 && !isWildcard(value) ? { value, source } : undefined },
      ];
    const singled = reservedNames(pool, room)
      .filter((name) => matchesWildcard(value, name))
      .slice(0, copies);
    const rest = copies - singled.length;
    return [
      ...singled.map((name) => ({ name, instances: 1, called: { value: name, source } })),
      ...(rest > 0 ? [{ name: value, instances: rest, called: undefined }] : []),
    ];
  });
}

/** Stack names that exact reservations use and that no stack entry lists. */
function reservedNames(pool: BudgetPool, room: Room): readonly string[] {
  const known = room.reserved.get(pool);
  if (known) return known;
  const listed = new Set(pool.stacks.flatMap(({ names }) => names.map(({ value }) => value)));
  const found = new Set<string>();
  for (const { pattern } of pool.reservations) {
    const slash = pattern.indexOf("/");
    const name = pattern.slice(0, slash);
    if (slash >= 0 && !isWildcard(pattern) && !listed.has(name)) found.add(name);
  }
  const names = [...found];
  room.reserved.set(pool, names);
  return names;
}

/** The files behind a path or glob, and why there is no template should none of them be one. */
function findFiles(
  path: string,
  folder: Uri,
  sources: Sources,
): { readonly files: readonly Uri[]; readonly why: string; readonly isGlob?: true } {
  if (isUnsaved(folder)) return { files: [], why: `Save the budget first: ${path} is looked for in its folder.` };
  const uri = resolvePath(folder, path);
  if (!isPathGlob(path)) return { files: [uri], why: whyNoTemplate(path, sources.get(uri)) };
  // A file may really be called `[id].yaml`.
  if (!path.includes("*") && isTemplateAt(uri, sources)) return { files: [uri], why: "" };
  const files = sources.list(folder, path);
  return { files, why: whyNoTemplates(path, files.length), isGlob: true };
}

/** A document that was never saved lies in no folder. */
function isUnsaved(folder: Uri): boolean {
  return folder.startsWith("untitled:");
}

function whyNoTemplate(path: string, file: SourceFile | SourceError): string {
  if (!("error" in file)) return `${path} is neither a SAM nor a CloudFormation template.`;
  return file.missing ? `There is no file ${path}.` : `${path} cannot be read: ${file.error}`;
}

function whyNoTemplates(glob: string, count: number): string {
  if (count === 0) return `No file matches ${glob}.`;
  if (count === 1) return `The only file that matches ${glob} is no SAM or CloudFormation template.`;
  return `None of the ${count} files that match ${glob} is a SAM or CloudFormation template.`;
}

/** Is there a file that is deployed as a stack? */
export function isTemplateAt(uri: Uri, sources: Sources): boolean {
  const file = sources.get(uri);
  return !("error" in file) && isTemplate(file.kind);
}

/** Is this file deployed as a stack? */
export function isTemplate(kind: string): boolean {
  return kind === "sam" || kind === "cloudformation";
}
