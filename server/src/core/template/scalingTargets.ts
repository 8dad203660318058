import { judgeCount } from "../intrinsics/count.ts";
import { readable, scalar, sketchOf } from "../intrinsics/evaluated.ts";
import type { Evaluator } from "../intrinsics/evaluator.ts";
import type { Refusal, ScalingTarget, Value } from "../model.ts";
import { existenceOf, type FunctionDraft, openTo } from "./functions.ts";
import { type Properties, propertiesOf, propertyValue } from "./property.ts";
import type { References } from "./references.ts";
import { maybe, withoutEntry } from "./refusedSettings.ts";
import type { BlindSpot, Resource } from "./resources.ts";

/**
 * Adds a scaling target to its function: Application Auto Scaling raises provisioned concurrency to `MinCapacity` when the target
 * is registered, and moves it up to `MaxCapacity` later. Answers a blind spot when the function is not in this template.
 */
export function addScalingTarget(
  evaluator: Evaluator,
  resource: Resource,
  references: References,
  drafts: ReadonlyMap<string, FunctionDraft>,
): BlindSpot | undefined {
  const existence = existenceOf(evaluator, resource);
  if (existence === false) return undefined;
  const properties = propertiesOf(evaluator, resource, undefined);
  if (textOf(evaluator, properties, "ServiceNamespace") !== "lambda") return undefined;
  const resourceId = textOf(evaluator, properties, "ResourceId")?.replace(/^function:/, "");
  const id = resourceId === undefined ? undefined : references.target(scalar(resourceId));
  const place = evaluator.placeOf(resource.keyNode);
  const minimum = capacity(evaluator, properties, "MinCapacity");
  const maximum = capacity(evaluator, properties, "MaxCapacity");
  if (id === undefined) return maximum.value === 0 ? undefined : elsewhere(resource, place, maximum.value);

  const qualifier = qualifierIn(resourceId ?? "");
  const draft = drafts.get(id);
  draft?.scaling.push({
    logicalId: resource.logicalId,
    ...(qualifier === undefined ? {} : { qualifier }),
    place,
    minimum: minimum.value,
    maximum: maximum.value,
    ...(existence.condition === undefined ? {} : { condition: existence.condition }),
  });
  const open = openTo(resource, existence, draft);
  for (const { refused } of [minimum, maximum]) {
    if (refused) draft?.refused.push(open === undefined ? refused : maybe(refused, open));
  }
  return undefined;
}

function elsewhere({ logicalId }: Resource, place: ScalingTarget["place"], maximum: Value): BlindSpot {
  const reason = `${logicalId} may raise the provisioned concurrency of a function`;
  return typeof maximum === "number" ? { place, reason: `${reason} to ${maximum}`, most: maximum } : { place, reason };
}

interface Capacity {
  readonly value: Value;
  /** It is looked up where a mapping has no entry. */
  readonly refused?: Refusal;
}

/** Both are required; one that is missing bounds nothing. */
function capacity(evaluator: Evaluator, properties: Properties, key: string): Capacity {
  const property = properties.get(key);
  const { value, refused, noEntry } = judgeCount(propertyValue(evaluator, property), 0);
  if (!property || !noEntry || refused === undefined) return { value: value ?? { unknown: `${key} is not set` } };
  return { value, refused: withoutEntry(key, refused, evaluator.placeOf(property.entry.value)) };
}

/** `live` of `NAME:live` or of a whole ARN. */
function qualifierIn(resourceId: string): string | undefined {
  const parts = resourceId.replace(/^.*:function:/, "").match(/(?:\0[^\0]*\0|[^:\0])+/g) ?? [];
  return parts.length === 2 && parts[1] !== undefined ? readable(parts[1]) : undefined;
}

function textOf(evaluator: Evaluator, properties: Properties, key: string): string | undefined {
  return sketchOf(propertyValue(evaluator, properties.get(key)));
}
