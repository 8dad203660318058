import { type Evaluated, readable, sketchOf } from "../intrinsics/evaluated.ts";
import type { Evaluator } from "../intrinsics/evaluator.ts";
import { nameAt } from "../intrinsics/nodeText.ts";
import type {
  DeclaredFunction,
  MaximumConcurrencySetting,
  Place,
  ProvisionedSetting,
  Refusal,
  Setting,
  Unknown,
} from "../model.ts";
import { get } from "../syntax/lookup.ts";
import type { MapNode } from "../syntax/nodes.ts";
import { isEmpty, isNull, isSet, type Properties, type Property, propertiesOf, propertyValue } from "./property.ts";
import { generatedAliasId, isFunction } from "./references.ts";
import { refusedSettings } from "./refusedSettings.ts";
import type { Resource } from "./resources.ts";
import { memberSettingOf, onlyIf, provisionedMember, settingOf } from "./settings.ts";

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
  readonly outsidePool?: string;
  /** Added to as aliases, versions and event sources are read. */
  readonly refused: Refusal[];
  readonly provisioned: ProvisionedSetting[];
  readonly maximumConcurrency: MaximumConcurrencySetting[];
  readonly sqsSources: { source: string; place: Place; maximumConcurrency?: null }[];
  /** CloudFormation refuses its condition, so no number of it is certain; why. */
  readonly refusal?: string;
  /** It is not decided whether the function takes from the pool at all; why. */
  readonly doubt?: string;
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
  const draft = {
    resource,
    properties,
    place,
    ...existence,
    ...nameOf(evaluator, properties),
    reserved: settingOf(evaluator, properties.get("ReservedConcurrentExecutions"), { place, sam }, properties.hidden()),
    ...(capacity === true ? { outsidePool: "it runs on Managed Instances (CapacityProviderConfig)" } : {}),
    ...(typeof capacity === "object"
      ? { doubt: `whether it runs on Managed Instances is not decided: ${capacity.open}` }
      : {}),
    refused: [],
    provisioned: [],
    maximumConcurrency: [],
    sqsSources: [],
  };
  return sam ? { ...draft, ...samProvisioned(evaluator, properties, resource, place) } : draft;
}

/** Of a resource that exists, or may. */
interface Existence {
  /** Name of its condition when that is not decided. */
  readonly condition?: string;
  /** Why CloudFormation refuses the condition. */
  readonly refusal?: string;
}

/** False when the resource does not exist; else its condition if that is open, and why CloudFormation refuses it. */
export function existenceOf(evaluator: Evaluator, resource: Resource): Existence | false {
  const name = nameAt(get(resource.map, "Condition"), resource.scope);
  if (name === undefined) return {};
  const truth = evaluator.condition(name);
  if (truth.value !== undefined) return truth.value ? {} : false;
  return { condition: name, ...(truth.refused ? { refusal: truth.reason } : {}) };
}

/** A setting that another resource makes for a function: it only counts if that resource exists. */
export function underCondition<T extends Setting>(
  setting: T,
  resource: Resource,
  existence: Existence,
  draft: FunctionDraft,
): T {
  if (existence.refusal !== undefined) return onlyIf(setting, existence.refusal);
  if (existence.condition === undefined || existence.condition === draft.condition) return setting;
  return onlyIf(setting, `condition ${existence.condition} of ${resource.logicalId} is not decided`);
}

function nameOf(evaluator: Evaluator, properties: Properties): { name: string | null | Unknown; nameSketch?: string } {
  const value = propertyValue(evaluator, properties.get("FunctionName"));
  if (value.kind === "nothing") return { name: null };
  if (value.kind === "scalar") return { name: value.text, nameSketch: value.text };
  if (value.kind !== "undecided") return { name: { unknown: "FunctionName is not a text" } };
  const sketch = sketchOf(value);
  return { name: { unknown: value.reason }, ...(sketch === undefined ? {} : { nameSketch: sketch }) };
}

function samProvisioned(evaluator: Evaluator, properties: Properties, resource: Resource, place: Place) {
  const alias = propertyValue(evaluator, properties.get("AutoPublishAlias"));
  const qualifier = qualifierOf(alias);
  const generated = qualifier === undefined ? {} : { aliasId: generatedAliasId(resource.logicalId, qualifier) };
  const property = properties.get("ProvisionedConcurrencyConfig");
  if (!property || isEmpty(property)) return generated;
  const setting = memberSettingOf(evaluator, property, provisionedMember, { place, sam: true });
  const refusal = refusalOf(properties, qualifier);
  if (refusal) return { ...generated, refused: [{ ...refusal, place: refusalPlace(evaluator, property, place) }] };
  return setting ? { ...generated, provisioned: [{ ...setting, qualifier: qualifier ?? "" }] } : generated;
}

function refusalPlace(evaluator: Evaluator, property: Property, owner: Place): Place {
  return property.from === "globals" ? owner : evaluator.placeOf(property.entry.keyNode);
}

/** SAM's transform refuses these combinations. */
function refusalOf(properties: Properties, qualifier: string | undefined) {
  const refusal = (message: string) => ({
    rule: "provisioned-needs-alias" as const,
    property: "ProvisionedConcurrencyConfig",
    message: `has ${message}`,
  });
  // SAM looks at neither of the two: an intrinsic counts, too.
  const capacity = properties.get("CapacityProviderConfig");
  const tenancy = properties.get("TenancyConfig");
  const excluding =
    capacity && !isNull(capacity)
      ? "CapacityProviderConfig"
      : tenancy && !isEmpty(tenancy)
        ? "TenancyConfig"
        : undefined;
  if (excluding !== undefined) {
    return refusal(
      `both ProvisionedConcurrencyConfig and ${excluding}, so SAM refuses the template. Remove one of them.`,
    );
  }
  if (qualifier !== undefined) return undefined;
  return {
    ...refusal(
      "ProvisionedConcurrencyConfig but no AutoPublishAlias, so SAM refuses the template. Add AutoPublishAlias, or remove ProvisionedConcurrencyConfig.",
    ),
    fix: { mend: { how: "add-alias" as const } },
  };
}

/** The name of an alias; one that is not decided is shown as its `${Parameter}`. */
export function qualifierOf(value: Evaluated): string | undefined {
  if (value.kind === "nothing") return undefined;
  const sketch = sketchOf(value);
  if (sketch !== undefined) return sketch === "" ? undefined : readable(sketch);
  return value.kind === "undecided" ? "?" : undefined;
}

/** The finished function. `changeable`: what may change all that is written before it is deployed. */
export function declare(evaluator: Evaluator, draft: FunctionDraft, changeable: string | undefined): DeclaredFunction {
  const { resource, properties, place } = draft;
  const doubt = draft.refusal ?? draft.doubt;
  const open =
    changeable ?? (draft.condition === undefined ? undefined : `condition ${draft.condition} is not decided`);
  const adjust = <T extends Setting>(setting: T): T => (doubt === undefined ? setting : onlyIf(setting, doubt));
  const reserved = adjust(draft.reserved);
  const provisioned = draft.provisioned.map(adjust);
  const maximumConcurrency = draft.maximumConcurrency.map(adjust);
  return {
    logicalId: resource.logicalId,
    type: resource.type as DeclaredFunction["type"],
    name: draft.name,
    ...(draft.condition === undefined ? {} : { condition: draft.condition }),
    reserved,
    provisioned,
    maximumConcurrency,
    ...(draft.outsidePool === undefined ? {} : { outsidePool: draft.outsidePool }),
    refused: [...draft.refused, ...refusedSettings(reserved, provisioned, maximumConcurrency)].map((refusal) =>
      open === undefined ? refusal : { open, ...refusal },
    ),
    place,
    extent: { ...place, end: Math.max(place.end, resource.map.end) },
    ...(properties.map ? { properties: evaluator.placeOf(properties.map) } : {}),
    sqsSources: draft.sqsSources,
  };
}
