import { intrinsicOf } from "../../intrinsics/intrinsic.ts";
import { onlyName } from "../../intrinsics/placeholders.ts";
import type { SourceFile } from "../../sources.ts";
import { asMap, asScalar, get, getPair, keyText, rootOf } from "../../syntax/lookup.ts";
import type { Node, Pair } from "../../syntax/nodes.ts";
import { maximumMember, provisionedMember } from "../../template/settings.ts";
import type { Edit } from "../edge.ts";
import { nodeSpan, pairSpan, pathAt } from "../treePath.ts";
import { indentStep, yamlScalar } from "../yamlText.ts";
import {
  behindIf,
  branchesOf,
  flowText,
  ifText,
  isRefusedLiteral,
  mappingText,
  noValue,
  replaceRefused,
} from "./behindIf.ts";
import { type Fix, type FixInput, type FixMaker, fix, replace } from "./fix.ts";
import { conditionsOf } from "./functionEdits.ts";
import { insertPair, isJson, pairAtKey, removePair } from "./insertPair.ts";

/** A refused property as written. */
interface Written {
  readonly file: SourceFile;
  readonly pair: Pair;
}

/** Mends a number that AWS refuses: leaves the property out, in those stages only in which an `!If` chooses the number. */
export const mendRefused: FixMaker = (input) => {
  const { mend } = input.finding.data ?? {};
  const written = writtenAt(input.file, mend?.at, mend?.property);
  if (!mend || !written) return [];
  switch (mend.property) {
    case "ProvisionedConcurrencyConfig":
      return provisioned(input, written);
    case "ScalingConfig":
      return maximum(input, written);
    case "ReservedConcurrentExecutions":
      return reserved(input, written);
    case "AutoPublishAlias":
      return alias(written);
    default:
      return [];
  }
};

/** Puts a number one level down, where it belongs. */
export const nestProperty: FixMaker = ({ file, finding }) => {
  const { at, property, into } = finding.data?.mend ?? {};
  const written = writtenAt(file, at, property);
  const value = written && flowText(file, written.pair.value);
  if (!written || !into || value === undefined) return [];
  const [target, below] = into;
  const text = `${isJson(file) ? JSON.stringify(target) : target}: ${mappingText(file, below, value)}`;
  return fix(`Write ${below} in ${target}`, [replace(file, pairSpan(written.pair), text)], true);
};

/** Moves a property into the mapping beside it that it belongs into. */
export const moveProperty: FixMaker = ({ file, finding }) => {
  const { at, property = "", under } = finding.data?.mend ?? {};
  const written = writtenAt(file, at, property);
  const found = written && pairAtKey(rootOf(file.tree), nodeSpan(written.pair.key).start);
  const text = written && flowText(file, written.pair.value);
  const target = found && under !== undefined ? asMap(get(found.map, under)) : undefined;
  if (!written || !found || text === undefined || !target || intrinsicOf(target)) return [];
  const inserted = insertPair(file, target, { key: property, block: text, flow: text }, "end");
  return fix(
    `Move ${property} into ${under}`,
    [removePair(file, found.map, written.pair, found.holder), inserted],
    true,
  );
};

/** Removes one of the properties that AWS does not take together. */
export const removeRefused: FixMaker = (input) =>
  (input.finding.data?.remove ?? []).flatMap(({ at, property }) => {
    const written = writtenAt(input.file, at, property);
    return written ? remove(input, written, false) : [];
  });

function writtenAt(file: SourceFile, at: number | undefined, property: string | undefined): Written | undefined {
  const path = at === undefined ? undefined : pathAt(file.tree, at);
  const pair = path?.pairs.findLast((each) => keyText(each) === property);
  return pair && { file, pair };
}

function reserved(input: FixInput, written: Written): readonly Fix[] {
  const { file, pair } = written;
  const edits = replaceRefused(file, pair.value, 0, noValue(file));
  if (edits.length > 0) return fix("Use AWS::NoValue where AWS refuses the number: no reservation there", edits, true);
  return remove(input, written, true);
}

function provisioned(input: FixInput, written: Written): readonly Fix[] {
  const { file, pair } = written;
  const { key, least } = provisionedMember;
  const text = behindIf(file, pair.value, key, least) ?? behindCondition(file, pair);
  const edits = typeof text === "string" ? [replace(file, nodeSpan(pair.value), text)] : text;
  const title = "Put ProvisionedConcurrencyConfig behind !If with AWS::NoValue";
  const wrapped = edits ? fix(title, edits, true) : [];
  return [...wrapped, ...remove(input, written, wrapped.length === 0)];
}

function maximum(input: FixInput, written: Written): readonly Fix[] {
  const { file, pair } = written;
  const { key, least } = maximumMember;
  const value = get(pair.value, key);
  const edits = !value
    ? []
    : isRefusedLiteral(value, least)
      ? [replace(file, nodeSpan(value), String(least))]
      : replaceRefused(file, value, least, String(least));
  const raised = fix(`Raise MaximumConcurrency to ${least}`, edits, true);
  return [...raised, ...remove(input, written, raised.length === 0)];
}

/**
 * SAM takes a name or a Ref to a parameter: the name that the `!If` holds, with provisioned concurrency behind the same `!If`
 * where it chose between an alias and none; or the Ref that a `!Sub` is around.
 */
function alias({ file, pair }: Written): readonly Fix[] {
  const call = intrinsicOf(pair.value);
  const parameter = call?.name === "Fn::Sub" ? onlyName(asScalar(call.argument)?.text ?? "") : undefined;
  if (parameter && getPair(asMap(getPair(rootOf(file.tree), "Parameters")?.value), parameter)) {
    const ref = isJson(file) ? `{"Ref": "${parameter}"}` : `!Ref ${parameter}`;
    return fix(`Refer to parameter ${parameter} itself`, [replace(file, nodeSpan(pair.value), ref)], true);
  }
  const [condition, ...branches] = branchesOf(pair.value) ?? [];
  const names = branches.flatMap((branch) => (intrinsicOf(branch) ? [] : (asScalar(branch)?.text ?? [])));
  const [name, ...others] = names;
  if (!condition || name === undefined || others.some((other) => other !== name)) return [];
  const edits: (Edit | undefined)[] = [
    replace(file, nodeSpan(pair.value), isJson(file) ? JSON.stringify(name) : yamlScalar(name)),
  ];
  const map = pairAtKey(rootOf(file.tree), nodeSpan(pair.key).start)?.map;
  const config = map && getPair(map, "ProvisionedConcurrencyConfig");
  if (names.length === 1 && config && !intrinsicOf(config.value)) {
    const number = get(config.value, provisionedMember.key);
    const [test, value] = [flowText(file, condition), number && flowText(file, number)];
    const kept = value === undefined ? undefined : mappingText(file, provisionedMember.key, value);
    const isFirst = branches[0] !== undefined && !intrinsicOf(branches[0]);
    const text =
      test === undefined || kept === undefined
        ? undefined
        : ifText(file, test, isFirst ? kept : noValue(file), isFirst ? noValue(file) : kept);
    edits.push(text === undefined ? undefined : replace(file, nodeSpan(config.value), text));
  }
  return fix(`Set AutoPublishAlias to ${name} in every stage`, edits, true);
}

/** Leaves the property out. Where the function would inherit it from Globals instead, `AWS::NoValue` says that it has none. */
function remove({ file, finding }: FixInput, { pair }: Written, preferred: boolean): readonly Fix[] {
  const found = pairAtKey(rootOf(file.tree), nodeSpan(pair.key).start);
  const property = keyText(pair) ?? "";
  if (!found || found.pair !== pair) return [];
  const globals = asMap(get(get(rootOf(file.tree), "Globals"), "Function"));
  const inherits = globals !== undefined && globals !== found.map && getPair(globals, property) !== undefined;
  const edit = inherits
    ? replace(file, nodeSpan(pair.value), noValue(file))
    : removePair(file, found.map, pair, found.holder);
  const owner = globals === found.map ? "Globals" : (resourceAt(file, pair) ?? finding.data?.logicalId);
  return fix(`Remove ${property} from ${owner}`, [edit], preferred);
}

/** The logical id of the resource that a pair belongs to. */
function resourceAt(file: SourceFile, pair: Pair): string | undefined {
  const [section, id] = pathAt(file.tree, nodeSpan(pair.key).start)?.keys ?? [];
  return section === "Resources" && typeof id === "string" && !id.startsWith("Fn::ForEach") ? id : undefined;
}

/**
 * For a number that a parameter or a mapping gives: a condition that is true when it is not 0, and the whole property behind it.
 */
function behindCondition(file: SourceFile, pair: Pair): readonly Edit[] | undefined {
  const { key } = provisionedMember;
  const value = get(pair.value, key);
  const call = intrinsicOf(value);
  const isKnownBefore = call?.name === "Fn::FindInMap" || (call?.name === "Ref" && !isNoValueOf(call.argument));
  const expression = value && isKnownBefore ? flowText(file, value) : undefined;
  const looped = pathAt(file.tree, nodeSpan(pair.key).start)?.keys.some((each) =>
    String(each).startsWith("Fn::ForEach"),
  );
  if (expression === undefined || looped) return undefined;
  const name = freeName(file);
  const json = isJson(file);
  const truth = json ? `{"Fn::Not": [{"Fn::Equals": [${expression}, "0"]}]}` : `!Not [!Equals [${expression}, "0"]]`;
  const condition = addCondition(file, name, truth);
  const text = ifText(file, json ? `"${name}"` : name, mappingText(file, key, expression), noValue(file));
  return condition && [condition, replace(file, nodeSpan(pair.value), text)];
}

function isNoValueOf(argument: Node): boolean {
  return asScalar(argument)?.text === "AWS::NoValue";
}

function freeName(file: SourceFile): string {
  const taken = new Set(conditionsOf(file));
  let name = "HasProvisionedConcurrency";
  for (let i = 2; taken.has(name); i++) name = `HasProvisionedConcurrency${i}`;
  return name;
}

function addCondition(file: SourceFile, name: string, truth: string): Edit | undefined {
  const root = asMap(rootOf(file.tree));
  const conditions = root && asMap(getPair(root, "Conditions")?.value);
  if (conditions) return insertPair(file, conditions, { key: name, block: truth, flow: truth }, "end");
  if (!root || getPair(root, "Conditions")) return undefined;
  const section = { block: `\n${indentStep(file.text)}${name}: ${truth}`, flow: mappingText(file, name, truth) };
  return insertPair(file, root, { key: "Conditions", ...section }, "end");
}
