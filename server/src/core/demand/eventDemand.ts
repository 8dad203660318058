import { sketchOf } from "../intrinsics/evaluated.ts";
import type { SourceKind } from "../model.ts";
import { type EventSource, enabledOf, plainSource } from "../template/eventSource.ts";
import { existenceOf } from "../template/functions.ts";
import type { TemplateInstance } from "../template/instance.ts";
import { propertiesOf, propertyValue } from "../template/property.ts";
import type { Resource } from "../template/resources.ts";
import type { RememberedDemand } from "./rememberedDemand.ts";

/** Where a resource names the function that its events invoke, and what is read of it. */
interface Invoker {
  /** Properties from the outside to the function's name or ARN. */
  readonly path: readonly string[];
  /** The property that switches it off. */
  readonly state?: string;
}

/** Rules, buckets, topics and APIs may only invoke a function that permits them: the permission stands for all of them. */
const invokers: Readonly<Record<string, Invoker>> = {
  "AWS::Lambda::Permission": { path: ["FunctionName"] },
  "AWS::Lambda::Url": { path: ["TargetFunctionArn"] },
  "AWS::Scheduler::Schedule": { path: ["Target", "Arn"], state: "State" },
};

/** Services that wait for the answer; all others hand over asynchronous events. */
const callers = /^(?:apigateway|elasticloadbalancing|cognito-idp|lex|lexv2|appsync|alexa|bedrock|edgelambda|connect)\b/;

interface Found {
  readonly target: string | undefined;
  readonly kind: SourceKind;
  readonly what: string;
  readonly enabled: EventSource["enabled"];
}

/** What invokes functions without an event source mapping, by logical id of the function. */
export function eventSourcesIn(
  { evaluator, resources, references }: TemplateInstance,
  remembered: RememberedDemand,
): ReadonlyMap<string, readonly EventSource[]> {
  const sources = new Map<string, EventSource[]>();
  for (const resource of resources.byId.values()) {
    const invoker = invokers[resource.type];
    if (!invoker) continue;
    const found = remembered.of(evaluator, resource, "invoker", () => read(resource, invoker));
    const id =
      found?.target === undefined ? undefined : references.target({ kind: "scalar", text: found.target, sources: [] });
    if (!found || id === undefined) continue;
    const { kind, what, enabled } = found;
    const head = { source: resource.logicalId, place: evaluator.placeOf(resource.keyNode), kind, what };
    const known = sources.get(id);
    if (known) known.push(plainSource(head, enabled));
    else sources.set(id, [plainSource(head, enabled)]);
  }
  return sources;

  function read(resource: Resource, { path, state }: Invoker): Found | undefined {
    const existence = existenceOf(evaluator, resource);
    if (existence === false) return undefined;
    const properties = propertiesOf(evaluator, resource, undefined);
    const [first = "", ...others] = path;
    let value = propertyValue(evaluator, properties.get(first));
    for (const key of others) {
      const entry = evaluator.member(value, key);
      if (!entry) return undefined;
      value = evaluator.evaluate(entry.value, entry.scope);
    }
    const principal = sketchOf(propertyValue(evaluator, properties.get("Principal"))) ?? "";
    const { condition } = existence;
    const enabled = condition === undefined ? true : { unknown: `condition ${condition} is not decided` };
    return {
      target: sketchOf(value),
      ...kindOf(resource.type, principal),
      enabled: state === undefined || enabled !== true ? enabled : enabledOf(evaluator, properties, state),
    };
  }
}

function kindOf(type: string, principal: string): Pick<Found, "kind" | "what"> {
  if (type === "AWS::Scheduler::Schedule") return { kind: "async", what: "EventBridge Scheduler" };
  if (type === "AWS::Lambda::Url") return { kind: "other", what: "function URL" };
  // logs.REGION.amazonaws.com, events.amazonaws.com.cn
  const service = principal.includes(".amazonaws.com") ? principal.slice(0, principal.indexOf(".")) : "";
  if (service === "") return { kind: "other", what: "whoever is permitted" };
  return { kind: callers.test(service) ? "other" : "async", what: service };
}
