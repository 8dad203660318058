import { type Evaluated, sketchOf } from "../intrinsics/evaluated.ts";
import type { Evaluator } from "../intrinsics/evaluator.ts";
import { propertiesOf, propertyValue } from "./property.ts";
import type { Resource, Resources } from "./resources.ts";

/** Finds the function of this template that a `FunctionName` means. */
export interface References {
  /** Logical id of the function, or undefined when it is none of this template (or not decidable). */
  target(functionName: Evaluated): string | undefined;
  /** Function of an alias or version resource. */
  functionOf(resource: Resource): string | undefined;
}

export function isFunction(type: string): type is "AWS::Serverless::Function" | "AWS::Lambda::Function" {
  return type === "AWS::Serverless::Function" || type === "AWS::Lambda::Function";
}

/** An alias of an alias is no valid template; half-typed ones may still chain. */
const maxChain = 20;

/** `names`: the functions' own names (texts or sketches) to logical ids; `generated`: alias ids that SAM makes, to logical ids. */
export function createReferences(
  evaluator: Evaluator,
  resources: Resources,
  names: ReadonlyMap<string, string>,
  generated: ReadonlyMap<string, string>,
): References {
  const underway = new Set<string>();
  const known = new Map<string, string | undefined>();

  const functionOf = (resource: Resource): string | undefined => {
    if (known.has(resource.logicalId)) return known.get(resource.logicalId);
    if (underway.has(resource.logicalId) || underway.size > maxChain) return undefined;
    underway.add(resource.logicalId);
    const properties = propertiesOf(evaluator, resource, undefined);
    const byName = target(propertyValue(evaluator, properties.get("FunctionName")));
    const version = byName ? undefined : propertyValue(evaluator, properties.get("FunctionVersion"));
    const found = byName ?? (version && target(version));
    underway.delete(resource.logicalId);
    known.set(resource.logicalId, found);
    return found;
  };

  const target = (functionName: Evaluated): string | undefined => {
    const sketch = sketchOf(functionName);
    if (sketch === undefined) return undefined;
    const start = sketch.lastIndexOf(":function:");
    const rest = start < 0 ? sketch : sketch.slice(start + ":function:".length);
    const base = /^(?:\0[^\0]*\0|[^:\0])+/.exec(rest)?.[0];
    if (base === undefined) return undefined;
    const named = names.get(base);
    if (named !== undefined) return named;
    const single = /^\0([^\0]*)\0$/.exec(base)?.[1];
    return single === undefined ? undefined : byHole(single);
  };

  /** `Fn`, `Fn.Arn`, SAM's `Fn.Alias` and `Fn.Version`, or an alias or version resource. */
  const byHole = (path: string): string | undefined => {
    const id = path.split(".")[0] ?? "";
    const resource = resources.byId.get(id);
    if (!resource) return generated.get(id);
    if (isFunction(resource.type)) return id;
    const qualifies = resource.type === "AWS::Lambda::Alias" || resource.type === "AWS::Lambda::Version";
    return qualifies ? functionOf(resource) : undefined;
  };

  return { target, functionOf };
}

/** Logical id of the alias that SAM makes for `AutoPublishAlias`. */
export function generatedAliasId(logicalId: string, alias: string): string {
  return `${logicalId}Alias${alias.replaceAll("-", "D").replaceAll("_", "U")}`;
}
