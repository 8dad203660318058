import type { Analysis, Pool, PoolClaim } from "../analysis.ts";
import type { DeclaredFunction, Place, ResolvedTemplate, Setting, Span, Uri } from "../model.ts";
import type { SourceFile } from "../sources.ts";
import { keyText } from "../syntax/lookup.ts";
import type { Pair } from "../syntax/nodes.ts";
import { contains, covers, pairSpan, pathAt, type TreePath } from "./treePath.ts";

/** One function in one stack of one pool. */
export interface Use {
  readonly pool: Pool;
  readonly claim: PoolClaim;
}

/** A number of a function, as one pool and stack see it. */
export interface SettingUse extends Use {
  readonly which: SettingKind;
  readonly setting: Setting;
  /** Alias, version or event source; undefined for the reservation. */
  readonly qualifier?: string;
}

export type SettingKind = "reserved" | "provisioned" | "maximum";

/** What stands at an offset of a template, as far as concurrency is concerned. */
export type TemplateHit =
  | { readonly kind: "setting"; readonly span: Span; readonly uses: readonly SettingUse[] }
  | {
      readonly kind: "function";
      readonly span: Span;
      readonly uses: readonly Use[];
      readonly outside: readonly Outside[];
    }
  | { readonly kind: "globals"; readonly span: Span; readonly uses: readonly SettingUse[] }
  | { readonly kind: "source"; readonly span: Span; readonly name: string; readonly uses: readonly SettingUse[] };

/** A function that takes nothing from its pool. */
export type Outside = Pool["outside"][number];

/** Every function that stands in a file, once per pool and stack. */
export function usesIn(analysis: Analysis, uri: Uri): readonly Use[] {
  return analysis.pools.flatMap((pool) =>
    pool.claims.filter((claim) => claim.function.place.uri === uri).map((claim) => ({ pool, claim })),
  );
}

/** The numbers of a function that are written somewhere; an absent reservation is not one. */
export function settingsOf(use: Use): readonly SettingUse[] {
  const { reserved, provisioned, maximumConcurrency } = use.claim.function;
  const all: SettingUse[] = [{ ...use, which: "reserved", setting: reserved }];
  for (const setting of provisioned) all.push({ ...use, which: "provisioned", setting, qualifier: setting.qualifier });
  for (const setting of maximumConcurrency) all.push({ ...use, which: "maximum", setting, qualifier: setting.source });
  return all.filter(({ setting }) => setting.origin !== "absent");
}

/** Keys of SAM and CloudFormation under which concurrency numbers stand. */
const CONCURRENCY_KEYS: ReadonlySet<string> = new Set([
  "ReservedConcurrentExecutions",
  "ProvisionedConcurrencyConfig",
  "ProvisionedConcurrencyConfiguration",
  "ProvisionedConcurrentExecutions",
  "ScalingConfig",
  "MaximumConcurrency",
]);

/** What stands at an offset: a number or its key, a function's logical id, a Globals value, or a parameter or mapping that feeds one. */
export function templateHitAt(analysis: Analysis, file: SourceFile, offset: number): TemplateHit | undefined {
  const path = pathAt(file.tree, offset);
  if (!path) return undefined;
  const uses = usesIn(analysis, file.uri);
  const settings = uses.flatMap(settingsOf);
  return (
    functionAt(analysis, uses, file.uri, offset) ??
    settingAt(settings, file.uri, path, offset) ??
    globalsAt(settings, file.uri, path) ??
    sourceAt(settings, file.uri, path)
  );
}

function functionAt(analysis: Analysis, uses: readonly Use[], uri: Uri, offset: number): TemplateHit | undefined {
  const here = (declared: DeclaredFunction) => declared.place.uri === uri && contains(declared.place, offset);
  const found = uses.filter((use) => here(use.claim.function));
  const outside = analysis.pools.flatMap((pool) => pool.outside.filter((each) => here(each.function)));
  const place = (found[0]?.claim ?? outside[0])?.function.place;
  return place && { kind: "function", span: place, uses: found, outside };
}

function settingAt(settings: readonly SettingUse[], uri: Uri, path: TreePath, offset: number): TemplateHit | undefined {
  const own = settings.filter(({ setting }) => setting.place.uri === uri && setting.origin !== "globals");
  const on = own.filter(({ setting }) => contains(setting.place, offset));
  if (on[0]) return { kind: "setting", span: on[0].setting.place, uses: on };
  const pair = concurrencyPair(path);
  const under = pair ? own.filter(({ setting }) => covers(pairSpan(pair), setting.place)) : [];
  return under[0] && pair && { kind: "setting", span: pairSpan(pair), uses: under };
}

/** A number under Globals, with the functions that inherit it; none may. */
function globalsAt(settings: readonly SettingUse[], uri: Uri, path: TreePath): TemplateHit | undefined {
  const pair = concurrencyPair(path);
  if (path.keys[0] !== "Globals" || path.keys[1] !== "Function" || !pair) return undefined;
  const span = pairSpan(pair);
  const uses = settings.filter(
    ({ setting }) =>
      setting.origin === "globals" && setting.sources.some(({ place }) => place?.uri === uri && covers(span, place)),
  );
  return { kind: "globals", span, uses };
}

/** Where Globals reserve concurrency in a file: the same place once, however many stacks use the file. */
export function globalPlaces(analysis: Analysis, uri: Uri): readonly Place[] {
  const places = templatesOf(analysis).flatMap((template) => template.globalReserved?.place ?? []);
  return places.filter((place) => place.uri === uri).slice(0, 1);
}

/** A parameter or mapping (or any other written source) that feeds a number. */
function sourceAt(settings: readonly SettingUse[], uri: Uri, path: TreePath): TemplateHit | undefined {
  const [section, name] = path.keys;
  const pair = path.pairs[1];
  if (!pair || typeof name !== "string" || (section !== "Parameters" && section !== "Mappings")) return undefined;
  const span = pairSpan(pair);
  const uses = settings.filter(({ setting }) =>
    setting.sources.some(({ place, what }) =>
      place?.uri === uri ? covers(span, place) : section === "Parameters" && namesParameter(what, name),
    ),
  );
  return uses[0] && { kind: "source", span: pair.key, name, uses };
}

/** A parameter whose value comes from samconfig or the budget has its source there, named as a phrase. */
function namesParameter(what: string, name: string): boolean {
  return what.startsWith(`parameter ${name} `) || what === `parameter ${name}`;
}

/** The innermost pair around the offset whose key is about concurrency. */
function concurrencyPair(path: TreePath): Pair | undefined {
  return path.pairs.findLast((pair) => CONCURRENCY_KEYS.has(keyText(pair) ?? ""));
}

/** Every template of an analysis once, nested ones included. */
export function templatesOf(analysis: Analysis): readonly ResolvedTemplate[] {
  const found = new Set<ResolvedTemplate>();
  const visit = (template: ResolvedTemplate) => {
    if (found.has(template)) return;
    found.add(template);
    for (const nested of template.nested) if (nested.template) visit(nested.template);
  };
  for (const pool of analysis.pools) for (const stack of pool.stacks) visit(stack.template);
  return [...found];
}
