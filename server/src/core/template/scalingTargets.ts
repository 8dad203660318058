import { judgeWritten } from "../intrinsics/count.ts";
import { readable, scalar, sketchOf } from "../intrinsics/evaluated.ts";
import type { Evaluator } from "../intrinsics/evaluator.ts";
import type { Refusal, ScalingTarget, Value } from "../model.ts";
import { num } from "../wording/words.ts";
import { existenceOf, type FunctionDraft, openTo, refusedCondition } from "./functions.ts";
import { type Properties, propertiesOf, propertyValue } from "./property.ts";
import type { References } from "./references.ts";
import { maybe, undeclared, withoutEntry } from "./refusedSettings.ts";
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
  if (!existence.refusal)
    draft?.scaling.push({
      logicalId: resource.logicalId,
      ...(qualifier === undefined ? {} : { qualifier }),
      place,
      minimum: minimum.value,
      maximum: maximum.value,
      ...(existence.condition === undefined ? {} : { condition: existence.condition }),
    });
  draft?.refused.push(...refusedCondition(existence));
  const open = openTo(resource, existence, draft);
  const refusals = [minimum, maximum].flatMap(({ refused }) => refused ?? []);
  refusals.push(...refusedTarget(evaluator, resource, properties, minimum.value, maximum.value, qualifier));
  for (const refusal of refusals) draft?.refused.push(open === undefined ? refusal : maybe(refusal, open));
  return undefined;
}

/** Application Auto Scaling takes no minimum above the maximum, and Lambda no provisioned concurrency on `$LATEST`. */
function refusedTarget(
  evaluator: Evaluator,
  { logicalId, keyNode }: Resource,
  properties: Properties,
  minimum: Value,
  maximum: Value,
  qualifier: string | undefined,
): readonly Refusal[] {
  const refuse = (key: string, message: string): Refusal => {
    const node = properties.get(key)?.entry.value ?? keyNode;
    return { rule: "never-accepted", property: key, message, place: evaluator.placeOf(node) };
  };
  const refused: Refusal[] = [];
  if (typeof minimum === "number" && typeof maximum === "number" && minimum > maximum) {
    const message = `has a scaling target ${logicalId} with a MinCapacity of ${num(minimum)} above its MaxCapacity of ${num(maximum)}, and Application Auto Scaling refuses it, so the deployment fails. Lower MinCapacity to at most ${num(maximum)}, or raise MaxCapacity.`;
    refused.push(refuse("MinCapacity", message));
  }
  if (qualifier === "$LATEST") {
    const message = `has a scaling target ${logicalId} on $LATEST, and Lambda provisions only for published versions and aliases, so the deployment fails. Name an alias in ResourceId.`;
    refused.push(refuse("ResourceId", message));
  }
  return refused;
}

function elsewhere({ logicalId }: Resource, place: ScalingTarget["place"], maximum: Value): BlindSpot {
  const reason = `${logicalId} may raise the provisioned concurrency of a function`;
  return typeof maximum === "number" ? { place, reason: `${reason} to ${maximum}`, most: maximum } : { place, reason };
}

interface Capacity {
  readonly value: Value;
  /** It is looked up where a mapping has no entry, or refers to something that is not declared. */
  readonly refused?: Refusal;
}

/** Both are required; one that is missing bounds nothing. */
function capacity(evaluator: Evaluator, properties: Properties, key: string): Capacity {
  const property = properties.get(key);
  if (!property) return { value: { unknown: `${key} is not set` } };
  const { value: node, scope } = property.entry;
  const judged = judgeWritten(evaluator, evaluator.evaluate(node, scope), node, scope, 0);
  const value = judged.value ?? { unknown: `${key} is not set` };
  const refuse = judged.noEntry ? withoutEntry : judged.undeclared && undeclared;
  if (!refuse || judged.refused === undefined) return { value };
  return { value, refused: refuse(key, judged.refused, evaluator.placeOf(node)) };
}

/** `live` of `NAME:live` or of a whole ARN. */
function qualifierIn(resourceId: string): string | undefined {
  const parts = resourceId.replace(/^.*:function:/, "").match(/(?:\0[^\0]*\0|[^:\0])+/g) ?? [];
  return parts.length === 2 && parts[1] !== undefined ? readable(parts[1]) : undefined;
}

function textOf(evaluator: Evaluator, properties: Properties, key: string): string | undefined {
  return sketchOf(propertyValue(evaluator, properties.get(key)));
}
