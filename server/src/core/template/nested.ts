import { URI } from "vscode-uri";
import { type Evaluated, withSources } from "../intrinsics/evaluated.ts";
import type { Evaluator } from "../intrinsics/evaluator.ts";
import { entriesOf } from "../intrinsics/forEach.ts";
import { textOf } from "../intrinsics/nodeText.ts";
import type { Given } from "../intrinsics/parameters.ts";
import type { NestedStack, ResolvedTemplate, Uri } from "../model.ts";
import { get } from "../syntax/lookup.ts";
import { folderOf, resolvePath, wellFormed, writtenUri } from "../uris.ts";
import { existenceOf } from "./functions.ts";
import { propertiesOf, propertyValue } from "./property.ts";
import type { Resource } from "./resources.ts";

/** Where the template of a nested stack is, or why that cannot be told. */
export function locationOf(
  evaluator: Evaluator,
  resource: Resource,
): { readonly uri: Uri } | { readonly unknown: string } {
  const location = propertiesOf(evaluator, resource, undefined).get(locationKeys[resource.type] ?? "");
  return locate(evaluator.uri, propertyValue(evaluator, location), assetOf(resource));
}

/** Resolves a child template; a sentence when it cannot be. */
export type ResolveChild = (
  uri: Uri,
  given: ReadonlyMap<string, Given>,
  resource: Resource,
) => ResolvedTemplate | { readonly unknown: string };

const locationKeys: Readonly<Record<string, string>> = {
  "AWS::Serverless::Application": "Location",
  "AWS::CloudFormation::Stack": "TemplateURL",
};

/** Is the resource a nested stack? */
export function isNested(type: string): boolean {
  return locationKeys[type] !== undefined;
}

/** Reads a nested stack with its child under the parent's values; undefined when its condition is false. */
export function nestedStack(evaluator: Evaluator, resource: Resource, resolve: ResolveChild): NestedStack | undefined {
  const existence = existenceOf(evaluator, resource);
  if (existence === false) return undefined;
  const properties = propertiesOf(evaluator, resource, undefined);
  const location = properties.get(locationKeys[resource.type] ?? "");
  const base = {
    logicalId: resource.logicalId,
    ...(existence.condition === undefined ? {} : { condition: existence.condition }),
    place: evaluator.placeOf(resource.keyNode),
    ...(location ? { locationPlace: evaluator.placeOf(location.entry.value) } : {}),
  };
  if (existence.refusal) return { ...base, unknown: existence.refusal.why };
  const found = locationOf(evaluator, resource);
  if ("unknown" in found) return { ...base, unknown: found.unknown };
  const child = resolve(found.uri, parametersFor(evaluator, resource), resource);
  return "unknown" in child
    ? { ...base, uri: found.uri, unknown: child.unknown }
    : { ...base, uri: found.uri, template: child };
}

/** The CDK names the local file of a nested template in the metadata. */
function assetOf(resource: Resource): string | undefined {
  const path = textOf(get(get(resource.map, "Metadata"), "aws:asset:path"), resource.scope);
  return path && /\.(json|ya?ml|template)$/i.test(path) ? path : undefined;
}

function locate(from: Uri, location: Evaluated, asset: string | undefined): { uri: Uri } | { unknown: string } {
  if (asset !== undefined) return { uri: relative(from, asset) };
  switch (location.kind) {
    case "nothing":
      return { unknown: "it names no template" };
    case "mapping":
      return { unknown: "its template is an application of the Serverless Application Repository" };
    case "list":
      return { unknown: "its location is not a text" };
    case "undecided":
      return { unknown: `its location is not decided: ${location.reason}` };
    case "scalar":
      break;
  }
  const path = location.text;
  if (path === "") return { unknown: "it names no template" };
  if (/^file:\/\//i.test(path)) {
    const uri = writtenUri(path);
    return uri === undefined ? { unknown: `its location is no file: ${path}` } : { uri };
  }
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(path)) return { unknown: `its template is remote: ${path}` };
  return { uri: relative(from, path) };
}

/** As SAM CLI reads it: relative to the folder of the parent template. */
function relative(from: Uri, path: string): Uri {
  const slashes = wellFormed(path).replaceAll("\\", "/");
  return /^[a-z]:\//i.test(slashes) ? URI.file(slashes).toString() : resolvePath(folderOf(from), slashes);
}

/** What a nested stack is given for its parameters. */
export function parametersFor(evaluator: Evaluator, resource: Resource): ReadonlyMap<string, Given> {
  const given = new Map<string, Given>();
  const parameters = propertyValue(evaluator, propertiesOf(evaluator, resource, undefined).get("Parameters"));
  if (parameters.kind !== "mapping") return given;
  for (const entry of entriesOf(parameters.map, parameters.scope, evaluator.evaluate).entries) {
    const value = asText(evaluator.evaluate(entry.value, entry.scope));
    if (!value) continue;
    const source = { what: `parameters of ${resource.logicalId}`, place: evaluator.placeOf(entry.value) };
    const located = withSources(value, [source]);
    given.set(entry.key, { value: located.kind === "scalar" ? located.text : located, sources: located.sources });
  }
  return given;
}

/** A list travels as text with commas; nothing is not passed at all. */
function asText(value: Evaluated): Extract<Evaluated, { kind: "scalar" | "undecided" }> | undefined {
  if (value.kind === "scalar" || value.kind === "undecided") return value;
  if (value.kind !== "list") return undefined;
  const texts: string[] = [];
  for (const item of value.items) {
    if (item.kind === "undecided") return item;
    if (item.kind === "scalar") texts.push(item.text);
  }
  return { kind: "scalar", text: texts.join(","), sources: value.sources };
}
