import type { SourceFile } from "../../sources.ts";
import { asMap, asScalar, get, getPair, keyText } from "../../syntax/lookup.ts";
import type { MapNode, Node, Pair } from "../../syntax/nodes.ts";
import type { Edit } from "../edge.ts";
import { nodeSpan, pathAt } from "../treePath.ts";
import { indentStep } from "../yamlText.ts";
import { type FixMaker, fix } from "./fix.ts";
import { insertPair, insertPairBefore, isJson, removePair } from "./insertPair.ts";

const CONFIG = "ProvisionedConcurrencyConfig";

/** Moves provisioned concurrency from a version to the alias that points to it, or to a new alias. */
export const moveToAlias: FixMaker = ({ file, finding }) => {
  const version = versionAt(file, finding.place.start);
  const config = version && getPair(version.properties, CONFIG);
  if (!version || !config) return [];
  const text = oneLine(file, config.value);
  const removal = removePair(file, version.properties, config);
  if (text === undefined) return [];
  const known = aliasOf(version);
  if (!known) {
    const title = `Move the provisioned concurrency of ${version.id} to an alias`;
    return fix(title, [newAlias(file, version, text), removal], true);
  }
  if (getPair(known.properties, CONFIG)) return [];
  const pair = { key: CONFIG, block: text, flow: text };
  const title = `Move the provisioned concurrency of ${version.id} to alias ${known.id}`;
  return fix(title, [insertPair(file, known.properties, pair, "end"), removal], true);
};

interface Version {
  readonly id: string;
  readonly pair: Pair;
  readonly map: MapNode;
  readonly properties: MapNode;
  readonly resources: MapNode;
}

function versionAt(file: SourceFile, offset: number): Version | undefined {
  const [section, pair] = pathAt(file.tree, offset)?.pairs ?? [];
  const id = pair && keyText(pair);
  if (section?.value.kind !== "map" || pair?.value.kind !== "map" || id === undefined) return undefined;
  const properties = getPair(pair.value, "Properties")?.value;
  if (properties?.kind !== "map" || asScalar(get(pair.value, "Type"))?.text !== "AWS::Lambda::Version")
    return undefined;
  return { id, pair, map: pair.value, properties, resources: section.value };
}

/** The alias of the same template whose `FunctionVersion` is that of the version. */
function aliasOf({ id, resources }: Version): { readonly id: string; readonly properties: MapNode } | undefined {
  for (const pair of resources.written) {
    const properties = getPair(pair.value, "Properties")?.value;
    if (asScalar(get(pair.value, "Type"))?.text !== "AWS::Lambda::Alias" || properties?.kind !== "map") continue;
    if (pointsTo(get(properties, "FunctionVersion"), id)) return { id: keyText(pair) ?? "", properties };
  }
  return undefined;
}

/** `!GetAtt ID.Version`, in any of its notations. */
function pointsTo(node: Node | undefined, id: string): boolean {
  const long = asMap(node);
  const path = long ? get(long, "Fn::GetAtt") : node;
  if (path?.kind === "seq") return path.items.map((item) => asScalar(item)?.text).join(".") === `${id}.Version`;
  return asScalar(path)?.text === `${id}.Version`;
}

/** Written before the version, so that the two edits do not touch. */
function newAlias(file: SourceFile, version: Version, config: string): Edit | undefined {
  const { id, map, properties, resources } = version;
  const functionName = oneLine(file, get(properties, "FunctionName"));
  const condition = getPair(map, "Condition");
  const under = condition && oneLine(file, condition.value);
  if (functionName === undefined || (condition && under === undefined)) return undefined;
  const json = isJson(file);
  const inner: readonly (readonly [string, string])[] = [
    ["FunctionName", functionName],
    ["FunctionVersion", json ? `{ "Fn::GetAtt": ["${id}", "Version"] }` : `!GetAtt ${id}.Version`],
    ["Name", json ? '"live"' : "live"],
    [CONFIG, config],
  ];
  const outer: readonly (readonly [string, string])[] = [
    ["Type", json ? '"AWS::Lambda::Alias"' : "AWS::Lambda::Alias"],
    ...(under === undefined ? [] : [["Condition", under] as const]),
  ];
  const step = indentStep(file.text);
  const block = [
    ...outer.map(([key, value]) => `\n${step}${key}: ${value}`),
    `\n${step}Properties:`,
    ...inner.map(([key, value]) => `\n${step}${step}${key}: ${value}`),
  ].join("");
  const flow = flowMap(json, [...outer, ["Properties", flowMap(json, inner)]]);
  return insertPairBefore(file, resources, version.pair, { key: freeId(`${id}Alias`, resources), block, flow });
}

function freeId(wanted: string, resources: MapNode): string {
  let id = wanted;
  for (let count = 2; getPair(resources, id); count++) id = `${wanted}${count}`;
  return id;
}

function flowMap(json: boolean, pairs: readonly (readonly [string, string])[]): string {
  return `{ ${pairs.map(([key, value]) => `${json ? `"${key}"` : key}: ${value}`).join(", ")} }`;
}

/** A value in one line, tag included; a block mapping of one line becomes a flow mapping. Undefined when it is longer. */
function oneLine(file: SourceFile, node: Node | undefined): string | undefined {
  if (!node) return undefined;
  const { start, end } = nodeSpan(node);
  const text = file.text.slice(start, end).trim();
  if (text === "" || /[\r\n#]/.test(text) || node.kind === "alias") return undefined;
  const isBlock = node.kind === "map" && !node.flow;
  return isBlock ? `{ ${text} }` : text;
}
