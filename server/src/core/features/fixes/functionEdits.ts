import type { DeclaredFunction, Setting, Span } from "../../model.ts";
import type { SourceFile } from "../../sources.ts";
import { asMap, getPair, keyText, rootOf } from "../../syntax/lookup.ts";
import type { MapNode, Pair } from "../../syntax/nodes.ts";
import { provisionedMember } from "../../template/settings.ts";
import type { Edit } from "../edge.ts";
import { nodeSpan, pathAt } from "../treePath.ts";
import { indentStep } from "../yamlText.ts";
import { mappingText } from "./behindIf.ts";
import { replace } from "./fix.ts";
import { insertFirstPair, insertPair, type NewPair } from "./insertPair.ts";

const RESERVED = "ReservedConcurrentExecutions";

/** Writes a reservation where it belongs: over the literal or intrinsic, else as a new property of the function. */
export function setReservation(file: SourceFile, declared: DeclaredFunction, value: number): Edit | undefined {
  const { reserved } = declared;
  if (reserved.origin === "literal" || reserved.origin === "intrinsic") return setWritten(file, reserved, value);
  return addProperty(file, declared, RESERVED, String(value), String(value));
}

/** Replaces what is written at a setting. */
export function setWritten(file: SourceFile, setting: Setting, value: number): Edit | undefined {
  if (setting.place.uri !== file.uri || (setting.origin !== "literal" && setting.origin !== "intrinsic"))
    return undefined;
  const pair = writtenPair(file, setting);
  const span = pair ? nodeSpan(pair.value) : setting.place;
  // Where an intrinsic chooses the whole mapping, the number stands one level down.
  const isMapping = pair !== undefined && keyText(pair) === "ProvisionedConcurrencyConfig";
  return replace(file, span, isMapping ? mappingText(file, provisionedMember.key, String(value)) : String(value));
}

/** The whole value behind its key, tag included. */
export function writtenSpan(file: SourceFile, setting: Setting): Span {
  const pair = writtenPair(file, setting);
  return pair ? nodeSpan(pair.value) : setting.place;
}

function writtenPair(file: SourceFile, { place }: Setting): Pair | undefined {
  return pathAt(file.tree, place.start)?.pairs.findLast(
    ({ value }) => nodeSpan(value).start === place.start || value.start === place.start,
  );
}

/** Adds a property to a function, `Properties` itself included where it is missing. */
export function addProperty(
  file: SourceFile,
  declared: DeclaredFunction,
  key: string,
  block: string,
  flow: string,
): Edit | undefined {
  const properties = propertiesOf(file, declared);
  const pair: NewPair = { key, block, flow };
  if (properties) return insertPair(file, properties.map, pair, "end");
  const resource = resourceOf(file, declared);
  const holder = resource && getPair(resource.map, "Properties");
  if (holder) return insertFirstPair(file, holder, pair);
  if (!resource) return undefined;
  return insertPair(
    file,
    resource.map,
    { key: "Properties", block: `\n${indentStep(file.text)}${key}: ${block}`, flow: mappingText(file, key, flow) },
    "end",
  );
}

interface Held {
  readonly map: MapNode;
  readonly holder: Pair | undefined;
}

/** The mapping of a function's properties as written in its own file; undefined when it comes from an alias or a merge. */
export function propertiesOf(file: SourceFile, declared: DeclaredFunction): Held | undefined {
  const holder = getPair(resourceOf(file, declared)?.map, "Properties");
  return holder?.value.kind === "map" ? { map: holder.value, holder } : undefined;
}

/** The mapping of a resource as written. */
export function resourceOf(file: SourceFile, declared: DeclaredFunction): Held | undefined {
  if (declared.place.uri !== file.uri) return undefined;
  const found = pathAt(file.tree, declared.place.start);
  const pair = found?.pairs.findLast(({ key }) => key.start === declared.place.start);
  const map = pair?.value.kind === "map" ? pair.value : undefined;
  return map && { map, holder: pair };
}

/** Names of the template's conditions. */
export function conditionsOf(file: SourceFile): readonly string[] {
  const conditions = asMap(getPair(rootOf(file.tree), "Conditions")?.value);
  return conditions?.written.flatMap(({ key }) => (key.kind === "scalar" ? [key.text] : [])) ?? [];
}
