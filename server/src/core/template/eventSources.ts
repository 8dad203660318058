import type { Evaluator } from "../intrinsics/evaluator.ts";
import { type Entry, entriesOf } from "../intrinsics/forEach.ts";
import { intrinsicOf } from "../intrinsics/intrinsic.ts";
import { textOf } from "../intrinsics/nodeText.ts";
import type { Refusal } from "../model.ts";
import { asMap, get } from "../syntax/lookup.ts";
import type { MapNode, Node } from "../syntax/nodes.ts";
import { type EventSource, enabledOf, kindOfMapping, plainSource, readEventSource } from "./eventSource.ts";
import { existenceOf, type FunctionDraft, openTo, refusedCondition, underCondition } from "./functions.ts";
import { concurrencyKinds, misspelt } from "./misspelt.ts";
import { type Properties, propertiesOf, propertyValue } from "./property.ts";
import type { References } from "./references.ts";
import type { Resource, Resources } from "./resources.ts";
import { samEvent, samEvents } from "./samEvents.ts";
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
  const from = propertyValue(evaluator, properties.get("EventSourceArn"));
  const kind = kindOfMapping(from, properties, (logicalId) => resources.byId.get(logicalId)?.type);
  const head = { source: resource.logicalId, place, kind };
  const source = readEventSource(evaluator, properties, head, written, from);
  const open = openTo(resource, existence, draft);
  draft.sources.push(open === undefined ? source : { ...source, enabled: source.enabled && { unknown: open } });
  if (written) {
    const setting = { ...written, source: resource.logicalId, ...switchedOff(source) };
    draft.maximumConcurrency.push(underCondition(setting, resource, existence, draft));
    return;
  }
  if (kind !== "sqs") return;
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

function switchedOff({ enabled }: EventSource): { enabled?: false } {
  return enabled === false ? { enabled } : {};
}

/** Adds the `Events` that a SAM function declares itself. */
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
    const type = textOf(get(event, "Type"), entry.scope);
    const known = type === undefined ? undefined : samEvents[type];
    if (type === undefined || known === undefined) continue;
    if (type === "SQS" && refuse(get(event, "Properties"), `Properties of event ${entry.key}`)) continue;
    addEvent(evaluator, draft, entry, event, type);
  }
}

function addEvent(evaluator: Evaluator, draft: FunctionDraft, entry: Entry, event: MapNode, type: string): void {
  const source = draft.resource.logicalId + entry.key;
  const place = evaluator.placeOf(entry.keyNode);
  const properties = propertiesOf(
    evaluator,
    { ...draft.resource, map: event, scope: entry.scope, keyNode: entry.keyNode },
    undefined,
  );
  const { kind, from } = samEvent(evaluator, properties, type);
  const head = { source, place, kind };
  if (from === undefined) {
    const key = type === "ScheduleV2" || properties.get("State") ? "State" : "Enabled";
    draft.sources.push(plainSource({ ...head, what: type }, enabledOf(evaluator, properties, key)));
    return;
  }
  const scaling = type === "SQS" ? properties.get("ScalingConfig") : undefined;
  const setting = memberSettingOf(evaluator, scaling, maximumMember, { place, sam: true });
  const arn = propertyValue(evaluator, properties.get(from));
  const read = readEventSource(evaluator, properties, head, setting, arn);
  draft.sources.push(read);
  if (type !== "SQS") return;
  draft.refused.push(...nearMisses(evaluator, `event ${entry.key}`, properties));
  if (setting) draft.maximumConcurrency.push({ ...setting, source, ...switchedOff(read) });
  else {
    draft.sqsSources.push({
      source,
      place: properties.map ? evaluator.placeOf(properties.map) : place,
      ...(scaling ? { maximumConcurrency: null } : {}),
    });
  }
}
