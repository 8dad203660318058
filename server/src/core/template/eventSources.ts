import { type Entry, entriesOf } from "../intrinsics/entries.ts";
import { type Evaluated, sketchOf } from "../intrinsics/evaluated.ts";
import type { Evaluator } from "../intrinsics/evaluator.ts";
import { intrinsicOf } from "../intrinsics/intrinsic.ts";
import { textOf } from "../intrinsics/nodeText.ts";
import type { Refusal } from "../model.ts";
import { asMap, get } from "../syntax/lookup.ts";
import type { MapNode, Node } from "../syntax/nodes.ts";
import { existenceOf, type FunctionDraft, refusedCondition, underCondition } from "./functions.ts";
import { concurrencyKinds, misspelt } from "./misspelt.ts";
import { type Properties, propertiesOf, propertyValue } from "./property.ts";
import type { References } from "./references.ts";
import type { Resource, Resources } from "./resources.ts";
import { maximumMember, memberSettingOf } from "./settings.ts";

/** Adds an `AWS::Lambda::EventSourceMapping` to its function. */
export function addMapping(
  evaluator: Evaluator,
  resource: Resource,
  resources: Resources,
  references: References,
  drafts: ReadonlyMap<string, FunctionDraft>,
): void {
  const properties = propertiesOf(evaluator, resource, undefined);
  const id = references.target(propertyValue(evaluator, properties.get("FunctionName")));
  const draft = id === undefined ? undefined : drafts.get(id);
  if (!draft) return;
  const existence = existenceOf(evaluator, resource);
  if (existence === false) return;
  const place = evaluator.placeOf(resource.keyNode);
  draft.refused.push(...refusedCondition(existence), ...nearMisses(evaluator, resource.logicalId, properties));
  const written = memberSettingOf(evaluator, properties.get("ScalingConfig"), maximumMember, { place, sam: false });
  if (written) {
    const setting = { ...written, source: resource.logicalId, ...switchedOff(evaluator, properties) };
    draft.maximumConcurrency.push(underCondition(setting, resource, existence, draft));
    return;
  }
  if (!isQueue(propertyValue(evaluator, properties.get("EventSourceArn")), resources)) return;
  draft.sqsSources.push({
    source: resource.logicalId,
    place: properties.map ? evaluator.placeOf(properties.map) : place,
    ...(properties.get("ScalingConfig") ? { maximumConcurrency: null } : {}),
  });
}

function nearMisses(evaluator: Evaluator, of: string, properties: Properties): Refusal[] {
  const scaling = properties.get("ScalingConfig")?.entry.value;
  return [
    ...misspelt(properties.map, of, concurrencyKinds.eventSource, evaluator.placeOf),
    ...misspelt(scaling, "ScalingConfig", concurrencyKinds.scaling, evaluator.placeOf),
  ];
}

function switchedOff(evaluator: Evaluator, properties: Properties): { enabled?: false } {
  const enabled = propertyValue(evaluator, properties.get("Enabled"));
  return enabled.kind === "scalar" && enabled.text.toLowerCase() === "false" ? { enabled: false } : {};
}

function isQueue(source: Evaluated, resources: Resources): boolean {
  const sketch = sketchOf(source);
  if (sketch === undefined) return false;
  const id = /^\0([^\0.]*)\.Arn\0$/.exec(sketch)?.[1];
  if (id !== undefined) return resources.byId.get(id)?.type === "AWS::SQS::Queue";
  return /^arn:(?:\0[^\0]*\0|[^:\0])*:sqs:/.test(sketch);
}

/** Adds the `Events` of type SQS that a SAM function declares itself. */
export function addEvents(evaluator: Evaluator, draft: FunctionDraft): void {
  const property = draft.properties.get("Events");
  if (draft.resource.type !== "AWS::Serverless::Function" || !property) return;
  // SAM makes a mapping of each event before CloudFormation looks at any intrinsic.
  const refuse = (node: Node | undefined, what: string): boolean => {
    const call = evaluator.extended ? undefined : intrinsicOf(node);
    if (!call || !node) return false;
    draft.refused.push({
      rule: "never-accepted",
      property: "Events",
      message: `has ${what} that is ${call.name}, and SAM makes event sources before CloudFormation evaluates that, so it refuses the template. Write it out; ScalingConfig itself may be behind !If.`,
      place: evaluator.placeOf(node),
    });
    return true;
  };
  if (refuse(property.entry.value, "Events")) return;
  const events = propertyValue(evaluator, property);
  if (events.kind !== "mapping") return;
  for (const entry of entriesOf(events.map, events.scope, evaluator.evaluate).entries) {
    if (refuse(entry.value, `an event ${entry.key}`)) continue;
    const event = asMap(entry.value);
    if (!event || refuse(get(event, "Type"), `a Type of event ${entry.key}`)) continue;
    if (textOf(get(event, "Type"), entry.scope) !== "SQS") continue;
    if (refuse(get(event, "Properties"), `Properties of event ${entry.key}`)) continue;
    addQueue(evaluator, draft, entry, event);
  }
}

function addQueue(evaluator: Evaluator, draft: FunctionDraft, entry: Entry, event: MapNode): void {
  const source = draft.resource.logicalId + entry.key;
  const place = evaluator.placeOf(entry.keyNode);
  const properties = propertiesOf(
    evaluator,
    { ...draft.resource, map: event, scope: entry.scope, keyNode: entry.keyNode },
    undefined,
  );
  draft.refused.push(...nearMisses(evaluator, `event ${entry.key}`, properties));
  const scaling = properties.get("ScalingConfig");
  const setting = memberSettingOf(evaluator, scaling, maximumMember, { place, sam: true });
  if (setting) draft.maximumConcurrency.push({ ...setting, source, ...switchedOff(evaluator, properties) });
  else {
    draft.sqsSources.push({
      source,
      place: properties.map ? evaluator.placeOf(properties.map) : place,
      ...(scaling ? { maximumConcurrency: null } : {}),
    });
  }
}
