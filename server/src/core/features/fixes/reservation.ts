import type { DeclaredFunction, Setting, Span } from "../../model.ts";
import type { SourceFile } from "../../sources.ts";
import { asMap, getPair, rootOf } from "../../syntax/lookup.ts";
import type { MapNode, Pair } from "../../syntax/nodes.ts";
import { num } from "../../validate/words.ts";
import type { Edit } from "../edge.ts";
import { headroomOfUse } from "../headroom.ts";
import { isUnknown } from "../text.ts";
import { nodeSpan, pathAt } from "../treePath.ts";
import { type Fix, type FixInput, type FixMaker, fix, replace, usesOfFinding } from "./fix.ts";
import { insertFirstPair, insertPair, type NewPair, removePair } from "./insertPair.ts";

const RESERVED = "ReservedConcurrentExecutions";

/** Lowers the number to what fits in every pool and environment it stands in. */
export const lowerToFit: FixMaker = (input) => {
  const uses = usesOfFinding(input);
  const declared = uses[0]?.claim.function;
  const fits = Math.min(
    ...uses.map(headroomOfUse).map((value) => (isUnknown(value) ? (value.min ?? 0) : (value ?? 0))),
  );
  if (!declared || fits < 1 || !Number.isFinite(fits)) return [];
  return setClaim(input, declared, fits, `to ${num(fits)}, which fits`);
};

/** Sets the number to what the budget grants. */
export const setToBudget: FixMaker = (input) => {
  const declared = usesOfFinding(input)[0]?.claim.function;
  const granted = input.finding.data?.granted;
  if (!declared || granted === undefined) return [];
  return setClaim(input, declared, granted, `to the budget's ${num(granted)}`);
};

/** Raises the reservation to the function's provisioned concurrency, where that fits. */
export const raiseToProvisioned: FixMaker = (input) => {
  const uses = usesOfFinding(input);
  const declared = uses[0]?.claim.function;
  const fits = input.finding.data?.fits;
  const numbers = declared?.provisioned.map(({ value }) => value) ?? [];
  if (!declared || fits === undefined || !numbers.every((value) => typeof value === "number")) return [];
  const total = numbers.reduce((sum, value) => sum + value, 0);
  if (total > fits) return [];
  const title = `Raise the reservation of ${declared.logicalId} to ${num(total)}`;
  return fix(title, [setReservation(input.file, declared, total)], declared.reserved.origin === "literal");
};

/** Lowers the only provisioned concurrency of a function to its reservation. */
export const lowerProvisioned: FixMaker = (input) => {
  const declared = usesOfFinding(input)[0]?.claim.function;
  const reserved = declared?.reserved.value;
  const [only, ...others] = declared?.provisioned ?? [];
  if (!declared || !only || others.length > 0 || typeof reserved !== "number" || reserved < 1) return [];
  const title = `Lower the provisioned concurrency of ${declared.logicalId} to ${num(reserved)}`;
  return fix(title, [setWritten(input.file, only, reserved)]);
};

/** Removes the reservation: the function then shares what is unreserved. */
export const removeReservation: FixMaker = (input) => {
  const declared = usesOfFinding(input)[0]?.claim.function;
  if (!declared || (declared.reserved.origin !== "literal" && declared.reserved.origin !== "intrinsic")) return [];
  const title = `Remove the reservation of ${declared.logicalId}`;
  const properties = propertiesOf(input.file, declared);
  const pair = properties?.map.written.find(
    (each) =>
      nodeSpan(each.value).start <= declared.reserved.place.start &&
      declared.reserved.place.end <= nodeSpan(each.value).end,
  );
  if (!properties || !pair) return [];
  return fix(title, [removePair(input.file, properties.map, pair, properties.holder)]);
};

/** Sets whatever makes a function's claim: its reservation, else its only provisioned concurrency. */
function setClaim(input: FixInput, declared: DeclaredFunction, value: number, to: string): readonly Fix[] {
  const { reserved, provisioned } = declared;
  if (reserved.value === null && provisioned.length > 0) {
    const [only, ...others] = provisioned;
    if (!only || others.length > 0 || value < 1) return [];
    const title = `Set the provisioned concurrency of ${declared.logicalId} ${to}`;
    return fix(title, [setWritten(input.file, only, value)], only.origin === "literal");
  }
  const title =
    reserved.origin === "globals"
      ? `Override the Globals value: set ${declared.logicalId} ${to}`
      : `Set ${declared.logicalId} ${to}`;
  return fix(title, [setReservation(input.file, declared, value)], reserved.origin !== "intrinsic");
}

/** Writes a reservation where it belongs: over the literal or intrinsic, else as a new property of the function. */
export function setReservation(file: SourceFile, declared: DeclaredFunction, value: number): Edit | undefined {
  const { reserved } = declared;
  if (reserved.origin === "literal" || reserved.origin === "intrinsic") return setWritten(file, reserved, value);
  return addProperty(file, declared, RESERVED, String(value), String(value));
}

/** Replaces what is written at a setting. */
function setWritten(file: SourceFile, setting: Setting, value: number): Edit | undefined {
  if (setting.place.uri !== file.uri || (setting.origin !== "literal" && setting.origin !== "intrinsic"))
    return undefined;
  return replace(file, writtenSpan(file, setting), String(value));
}

/** The whole value behind its key, tag included. */
export function writtenSpan(file: SourceFile, setting: Setting): Span {
  const pair = pathAt(file.tree, setting.place.start)?.pairs.findLast(
    ({ value }) => nodeSpan(value).start === setting.place.start || value.start === setting.place.start,
  );
  return pair ? nodeSpan(pair.value) : setting.place;
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
    { key: "Properties", block: `\n  ${key}: ${block}`, flow: flowMap(file, key, flow) },
    "end",
  );
}

function flowMap(file: SourceFile, key: string, flow: string): string {
  return /^\s*\{/.test(file.text) ? `{${JSON.stringify(key)}: ${flow}}` : `{ ${key}: ${flow} }`;
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
