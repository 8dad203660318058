import { sketchOf } from "../intrinsics/evaluated.ts";
import type { Evaluator } from "../intrinsics/evaluator.ts";
import { nameAt } from "../intrinsics/nodeText.ts";
import { refusalOf } from "../intrinsics/truth.ts";
import type {
  ComputeSize,
  DeclaredFunction,
  MaximumConcurrencySetting,
  Place,
  ProvisionedSetting,
  Refusal,
  ScalingTarget,
  Setting,
  Unknown,
} from "../model.ts";
import { get } from "../syntax/lookup.ts";
import type { MapNode } from "../syntax/nodes.ts";
import { computeSizeOf } from "./computeSize.ts";
import type { EventSource } from "./eventSource.ts";
import { misplaced } from "./misplaced.ts";
import { concurrencyKinds, misspelt } from "./misspelt.ts";
import { refusedBeside } from "./neverProvisioned.ts";
import { isSet, type Properties, propertiesOf, propertyValue } from "./property.ts";
import { isFunction } from "./references.ts";
import { refusedIntrinsics } from "./refusedIntrinsics.ts";
import { maybe, refusedSettings } from "./refusedSettings.ts";
import type { Resource } from "./resources.ts";
import { samProvisioned } from "./samProvisioned.ts";
import { onlyIf, settingOf } from "./settings.ts";

/** A function while the template is read; provisioned concurrency and event sources are added as they are found. */
export interface FunctionDraft {
  readonly resource: Resource;
  readonly properties: Properties;
  readonly place: Place;
  readonly condition?: string;
  /** Text or sketch of the `FunctionName`. */
  readonly nameSketch?: string;
  /** Logical id of the alias that SAM generates. */
  readonly aliasId?: string;
  readonly name: DeclaredFunction["name"];
  readonly reserved: Setting;
  readonly size: ComputeSize;
  readonly outsidePool?: string;
  /** Added to as aliases, versions and event sources are read. */
  readonly refused: Refusal[];
  readonly provisioned: ProvisionedSetting[];
  readonly maximumConcurrency: MaximumConcurrencySetting[];
  readonly scaling: ScalingTarget[];
  readonly sqsSources: { source: string; place: Place; maximumConcurrency?: null }[];
  /** Whatever pushes events at it, as it is written with the function or as a mapping. */
  readonly sources: EventSource[];
  /** CloudFormation refuses its condition. */
  readonly refusal?: RefusedCondition;
  /** It is not decided whether the function takes from the pool at all; why. */
  readonly doubt?: string;
}

/** Is some MaximumConcurrency of its event sources not decided? */
export function hasUndecidedSources({ maximumConcurrency }: FunctionDraft): boolean {
  return maximumConcurrency.some(({ value }) => typeof value === "object" && value !== null);
}

/** Reads one function resource; undefined when its condition is false. */
export function draftFunction(
  evaluator: Evaluator,
  resource: Resource,
  globals: MapNode | undefined,
): FunctionDraft | undefined {
  if (!isFunction(resource.type)) return undefined;
  const existence = existenceOf(evaluator, resource);
  if (existence === false) return undefined;
  const sam = resource.type === "AWS::Serverless::Function";
  const properties = propertiesOf(evaluator, resource, sam ? globals : undefined);
  const place = evaluator.placeOf(resource.keyNode);
  const capacity = isSet(evaluator, properties.get("CapacityProviderConfig"));
  return {
    resource,
    properties,
    place,
    ...existence,
    ...nameOf(evaluator, properties),
    reserved: settingOf(evaluator, properties.get("ReservedConcurrentExecutions"), { place, sam }, properties.hidden()),
    size: computeSizeOf(evaluator, properties),
    ...(capacity === true ? { outsidePool: "it runs on Managed Instances (CapacityProviderConfig)" } : {}),
    ...(typeof capacity === "object"
      ? { doubt: `whether it runs on Managed Instances is not decided: ${capacity.open}` }
      : {}),
    ...(sam ? samProvisioned(evaluator, properties, resource, place) : { provisioned: [], refused: [] }),
    maximumConcurrency: [],
    scaling: [],
    sqsSources: [],
    sources: [],
  };
}

/** Of a resource that exists, or may. */
interface Existence {
  /** Name of its condition when that is not decided. */
  readonly condition?: string;
  /** CloudFormation refuses its condition. */
  readonly refusal?: RefusedCondition;
}

interface RefusedCondition {
  /** A phrase: `condition Nope is not declared`. */
  readonly why: string;
  readonly place: Place;
}

/** False when the resource does not exist; else its condition if that is open, or why CloudFormation refuses it. */
export function existenceOf(evaluator: Evaluator, resource: Resource): Existence | false {
  const node = get(resource.map, "Condition");
  const name = nameAt(node, resource.scope);
  if (!node || name === undefined) return {};
  const truth = evaluator.condition(name);
  if (truth.value !== undefined) return truth.value ? {} : false;
  const why = refusalOf(truth);
  if (why === undefined) return { condition: name };
  return { refusal: { why, place: evaluator.placeOf(node) } };
}

/** What CloudFormation refuses of a resource with a condition that it refuses. */
export function refusedCondition({ refusal }: Existence): Refusal[] {
  if (!refusal) return [];
  const message = `cannot be deployed: ${refusal.why}, so CloudFormation refuses the template. Mend its Condition, or remove it.`;
  return [{ rule: "never-accepted", property: "Condition", message, place: refusal.place }];
}

/** Why a resource may not exist beside its function; undefined when it does where the function does. */
export function openTo(
  { logicalId }: Resource,
  { condition }: Existence,
  draft: FunctionDraft | undefined,
): string | undefined {
  if (condition === undefined || condition === draft?.condition) return undefined;
  return `condition ${condition} of ${logicalId} is not decided`;
}

/** A setting that another resource makes for a function: it only counts if that resource exists. */
export function underCondition<T extends Setting>(
  setting: T,
  resource: Resource,
  existence: Existence,
  draft: FunctionDraft,
): T {
  const open = openTo(resource, existence, draft);
  return open === undefined ? setting : onlyIf(setting, open);
}

function nameOf(evaluator: Evaluator, properties: Properties): { name: string | null | Unknown; nameSketch?: string } {
  const value = propertyValue(evaluator, properties.get("FunctionName"));
  if (value.kind === "nothing") return { name: null };
  if (value.kind === "scalar") return { name: value.text, nameSketch: value.text };
  if (value.kind !== "undecided") return { name: { unknown: "FunctionName is not a text" } };
  const sketch = sketchOf(value);
  return { name: { unknown: value.reason }, ...(sketch === undefined ? {} : { nameSketch: sketch }) };
}

const besideProperties = { subject: "has", into: "Properties", name: "Properties" };

/** The finished function. `changeable`: what may change all that is written before it is deployed. */
export function declare(evaluator: Evaluator, draft: FunctionDraft, changeable: string | undefined): DeclaredFunction {
  const { resource, properties, place } = draft;
  const { doubt } = draft;
  const open =
    changeable ?? (draft.condition === undefined ? undefined : `condition ${draft.condition} is not decided`);
  const adjust = <T extends Setting>(setting: T): T => (doubt === undefined ? setting : onlyIf(setting, doubt));
  const reserved = adjust(draft.reserved);
  const provisioned = draft.provisioned.map(adjust);
  const maximumConcurrency = draft.maximumConcurrency.map(adjust);
  const sam = resource.type === "AWS::Serverless::Function";
  const kind = sam ? concurrencyKinds.sam : concurrencyKinds.function;
  const refused = [
    ...draft.refused,
    ...refusedCondition(draft),
    ...misspelt(properties.map, resource.type, kind, evaluator.placeOf),
    ...misplaced(resource.map, kind.keys, besideProperties, evaluator.placeOf),
    ...refusedIntrinsics(evaluator, resource, properties, sam),
    ...refusedSettings(reserved, provisioned, maximumConcurrency),
    ...provisioned.flatMap((setting) => refusedBeside(evaluator, properties, setting)),
  ];
  return {
    logicalId: resource.logicalId,
    type: resource.type as DeclaredFunction["type"],
    name: draft.name,
    ...(draft.condition === undefined ? {} : { condition: draft.condition }),
    reserved,
    provisioned,
    maximumConcurrency,
    scaling: draft.scaling,
    size: draft.size,
    ...(draft.outsidePool === undefined ? {} : { outsidePool: draft.outsidePool }),
    refused: refused.map((refusal) => (open === undefined ? refusal : maybe(refusal, open))),
    place,
    extent: resource.map.placeWithKey(resource.keyNode, evaluator.uri),
    ...(properties.map ? { properties: evaluator.placeOf(properties.map) } : {}),
    sqsSources: draft.sqsSources,
  };
}
