import type { DeclaredFunction } from "../../model.ts";
import type { SourceFile } from "../../sources.ts";
import { asMap, getPair } from "../../syntax/lookup.ts";
import type { MapNode } from "../../syntax/nodes.ts";
import { maximumMember } from "../../template/settings.ts";
import type { Edit } from "../edge.ts";
import { pathAt } from "../treePath.ts";
import type { Use } from "../uses.ts";
import { indentStep } from "../yamlText.ts";
import { type Fix, type FixMaker, fix, replace, targetOf } from "./fix.ts";
import { addProperty, conditionsOf, setWritten, writtenSpan } from "./functionEdits.ts";
import { insertFirstPair, insertPair, isJson } from "./insertPair.ts";

/** SAM publishes a version and an alias of this name; ProvisionedConcurrencyConfig needs one. */
export const addAlias: FixMaker = (input) => {
  const { declared, file } = targetOf(input) ?? {};
  if (!file || !declared || input.finding.data?.mend?.how !== "add-alias") return [];
  const edit = addProperty(file, declared, "AutoPublishAlias", "live", '"live"');
  return fix(`Add AutoPublishAlias to ${declared.logicalId}`, [edit], true);
};

/** More conditions than this are not offered. */
const MAX_CONDITIONS = 8;

/** Keeps a literal reservation only where a condition holds; elsewhere the function has none. */
export function wrapInIf(file: SourceFile, use: Use): readonly Fix[] {
  const { reserved, logicalId } = use.claim.function;
  if (
    reserved.origin !== "literal" ||
    reserved.refused ||
    reserved.place.uri !== file.uri ||
    typeof reserved.value !== "number"
  )
    return [];
  const span = writtenSpan(file, reserved);
  const { value } = reserved;
  return conditionsOf(file)
    .filter((name) => /^[A-Za-z0-9]+$/.test(name))
    .slice(0, MAX_CONDITIONS)
    .flatMap((name) => {
      const text = isJson(file)
        ? `{"Fn::If": ["${name}", ${value}, {"Ref": "AWS::NoValue"}]}`
        : `!If [${name}, ${value}, !Ref "AWS::NoValue"]`;
      return fix(`Reserve for ${logicalId} only if ${name}, else nothing`, [replace(file, span, text)]);
    });
}

/** The same for the function of a finding. */
export const wrapClaim: FixMaker = (input) => {
  const { uses, file } = targetOf(input) ?? {};
  return uses?.[0] && file ? wrapInIf(file, uses[0]) : [];
};

/** Lambda accepts 2 to 1,000 for an SQS mapping (Lambda API, ScalingConfig). */
const LEAST_MAXIMUM = maximumMember.least;
const LARGEST_MAXIMUM = 1000;

/** Limits an SQS event source to the function's smallest reservation, so that it does not pull messages that are then throttled. */
export function addMaximumConcurrency(file: SourceFile, uses: readonly Use[]): readonly Fix[] {
  const [first] = uses;
  const reserved = uses.map(({ claim }) => claim.function.reserved.value).filter((value) => value !== null);
  if (!first || reserved.length === 0 || !reserved.every((value) => typeof value === "number")) return [];
  const declared = first.claim.function;
  const each = Math.floor(Math.min(...reserved) / Math.max(1, declared.sqsSources.length));
  const share = Math.min(each, LARGEST_MAXIMUM);
  if (share < LEAST_MAXIMUM) return [];
  return declared.sqsSources
    .filter((source) => source.maximumConcurrency === undefined && source.place.uri === file.uri)
    .flatMap(({ source, place }) =>
      fix(`Add MaximumConcurrency ${share} to ${source}`, [maximumEdit(file, place.start, share)]),
    );
}

/** The same for the function of a finding. */
export const limitQueues: FixMaker = (input) => {
  const { uses, file } = targetOf(input) ?? {};
  return uses && file ? addMaximumConcurrency(file, uses) : [];
};

/** Lowers MaximumConcurrency of every queue to an equal share of the reservation. */
export const lowerMaximum: FixMaker = (input) => {
  const { declared, file } = targetOf(input) ?? {};
  const reserved = declared?.reserved.value;
  const on = declared?.maximumConcurrency.filter(({ enabled }) => enabled !== false) ?? [];
  if (!file || typeof reserved !== "number") return [];
  const share = Math.floor(reserved / Math.max(1, on.length));
  const above = on.filter(({ value }) => typeof value !== "number" || value > share);
  if (share < LEAST_MAXIMUM || above.some(({ origin }) => origin !== "literal")) return [];
  const edits = above.map((setting) => setWritten(file, setting, share));
  return fix(`Lower MaximumConcurrency to ${share}`, edits, true);
};

function maximumEdit(file: SourceFile, offset: number, value: number): Edit | undefined {
  const properties = mappingProperties(file, offset);
  if (!properties) return undefined;
  const inner = `MaximumConcurrency: ${value}`;
  const scaling = getPair(properties, "ScalingConfig");
  const pair = { key: "MaximumConcurrency", block: String(value), flow: String(value) };
  if (scaling && scaling.value.kind !== "alias") return insertFirstPair(file, scaling, pair);
  const flow = isJson(file) ? `{"MaximumConcurrency": ${value}}` : `{ ${inner} }`;
  return insertPair(
    file,
    properties,
    { key: "ScalingConfig", block: `\n${indentStep(file.text)}${inner}`, flow },
    "end",
  );
}

/** The properties of the event or mapping that an offset lies in or on: the mapping that names the queue. */
function mappingProperties(file: SourceFile, offset: number): MapNode | undefined {
  const path = pathAt(file.tree, offset);
  const around = path?.pairs.toReversed().flatMap(({ value }) => (value.kind === "map" ? [value] : [])) ?? [];
  for (const map of around) {
    for (const candidate of [map, asMap(getPair(map, "Properties")?.value)]) {
      if (candidate && (getPair(candidate, "Queue") ?? getPair(candidate, "EventSourceArn"))) return candidate;
    }
  }
  return undefined;
}

/** Where a function is written, for choosing the uses at a cursor. */
export function isIn(declared: DeclaredFunction, uri: string, start: number, end: number): boolean {
  const { extent } = declared;
  return extent.uri === uri && extent.start <= end && start <= extent.end;
}
