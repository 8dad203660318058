import type { LocationLink, Position } from "vscode-languageserver-types";
import { onlyName } from "../intrinsics/placeholders.ts";
import type { Place, Span, Uri } from "../model.ts";
import { fileAt, folderOf } from "../pools/paths.ts";
import { valueAt } from "../samconfig/configValue.ts";
import { samconfigsFor } from "../samconfig/samconfigsFor.ts";
import type { SourceFile } from "../sources.ts";
import { get, getPair, rootOf } from "../syntax/lookup.ts";
import { budgetHitAt, budgetOf, claimsOfGrant, poolOf, stacksOfEntry } from "./budgets.ts";
import type { FeatureContext } from "./context.ts";
import { fileOf, openEdge } from "./edge.ts";
import { claimsMatching } from "./patterns.ts";
import { pathAt } from "./treePath.ts";
import { templateHitAt, usesIn } from "./uses.ts";

/** Where something leads to: from a span of the file at hand to places anywhere. */
interface Jump {
  readonly from: Span;
  readonly to: readonly Place[];
}

/**
 * From a budget entry or pattern to its functions, from a stack entry to its template, from a function or its number to its budget
 * entry, from a `Ref` behind a number to the parameter.
 */
export function definition(context: FeatureContext, uri: Uri, position: Position): LocationLink[] {
  const file = fileOf(context, uri);
  if (!file) return [];
  const edge = openEdge(context);
  const offset = edge.offset(file, position);
  const jump = file.kind === "budget" ? fromBudget(context, file, offset) : fromTemplate(context, file, offset);
  if (!jump) return [];
  const originSelectionRange = edge.range(file, jump.from);
  return distinct(jump.to).flatMap((place) => {
    const location = edge.location(place);
    if (!location) return [];
    const { uri: targetUri, range } = location;
    return [{ originSelectionRange, targetUri, targetRange: range, targetSelectionRange: range }];
  });
}

function fromBudget(context: FeatureContext, file: SourceFile, offset: number): Jump | undefined {
  const budget = budgetOf(context.analysis, file);
  const hit = budget && budgetHitAt(budget, offset);
  const pool = budget && hit && poolOf(context.analysis, budget, hit.pool);
  if (!hit || !pool) return undefined;
  if (hit.kind === "grant") {
    return { from: hit.grant.place, to: claimsOfGrant(pool, hit.grant).map((claim) => claim.function.place) };
  }
  if (hit.kind === "pattern") {
    const claims = claimsMatching(pool, hit.pattern.value);
    return { from: hit.pattern.place, to: claims.map((claim) => claim.function.place) };
  }
  const templates = stacksOfEntry(pool, hit.stack).map((stack) => stack.template.uri);
  const { part } = hit;
  if (part.kind === "parameter") {
    return {
      from: part.place,
      to: templates.flatMap((template) => parameterPlace(context, template, part.name) ?? []),
    };
  }
  if (part.kind === "config") {
    return {
      from: part.place,
      to: templates.flatMap((template) => environmentPlaces(context, template, part.name)),
    };
  }
  const files =
    part.kind === "parametersFile" ? [fileAt(folderOf(file.uri), hit.stack.parametersFile?.value ?? "")] : templates;
  return { from: part.place, to: files.map((target) => ({ uri: target, start: 0, end: 0 })) };
}

function fromTemplate(context: FeatureContext, file: SourceFile, offset: number): Jump | undefined {
  const parameter = referredParameter(context, file, offset);
  if (parameter) return parameter;
  const hit = templateHitAt(context.analysis, file, offset);
  if (!hit) return undefined;
  if (hit.kind === "source") {
    const sources = hit.uses.flatMap(({ setting }) => setting.sources.map(({ place }) => place));
    const elsewhere = sources.filter((place) => place !== undefined && place.uri !== file.uri);
    return { from: hit.span, to: elsewhere.flatMap((place) => place ?? []) };
  }
  return { from: hit.span, to: hit.uses.flatMap(({ claim }) => claim.grant?.place ?? []) };
}

/** The parameter that a `Ref` (or a `Sub` of nothing else) names, when it stands inside a concurrency number. */
function referredParameter(context: FeatureContext, file: SourceFile, offset: number): Jump | undefined {
  const node = pathAt(file.tree, offset)?.node;
  if (node?.kind !== "scalar") return undefined;
  const inNumber = usesIn(context.analysis, file.uri).some(({ claim: { function: declared } }) =>
    [declared.reserved, ...declared.provisioned, ...declared.maximumConcurrency].some(
      ({ place, origin }) =>
        origin === "intrinsic" && place.uri === file.uri && place.start <= offset && offset <= place.end,
    ),
  );
  if (!inNumber) return undefined;
  const name = onlyName(node.text) ?? node.text;
  const place = parameterPlace(context, file.uri, name);
  return place && { from: node, to: [place] };
}

/** Where a template declares a parameter. */
function parameterPlace(context: FeatureContext, uri: Uri, name: string): Place | undefined {
  const file = fileOf(context, uri);
  const pair = file && getPair(get(rootOf(file.tree), "Parameters"), name);
  return pair && { uri, start: pair.key.start, end: pair.key.end };
}

/** Where the samconfigs of a template declare an environment. */
function environmentPlaces({ sources }: FeatureContext, template: Uri, environment: string): readonly Place[] {
  const { found } = samconfigsFor(template, undefined, sources, []);
  return found.flatMap(({ config }) => valueAt(config.root, [environment])?.place ?? []);
}

/** The same place once. */
export function distinct(places: readonly Place[]): readonly Place[] {
  return [...new Map(places.map((place) => [`${place.uri} ${place.start} ${place.end}`, place])).values()];
}
