import { judgeCount } from "../intrinsics/count.ts";
import type { Uri, Value } from "../model.ts";
import type { Sources } from "../sources.ts";
import type { FunctionDraft } from "../template/functions.ts";
import type { TemplateInstance } from "../template/instance.ts";
import { propertyValue } from "../template/property.ts";
import { awsNumbers } from "./awsNumbers.ts";
import { type FunctionDemand, functionPath, type StackDemand } from "./demand.ts";
import { eventSourcesIn } from "./eventDemand.ts";
import { lookupsIn } from "./lookups.ts";
import { RememberedDemand } from "./rememberedDemand.ts";
import { demandOfSource } from "./sourceDemand.ts";
import { mapDemandIn } from "./stateMachines.ts";

/**
 * What pushes events at the functions of a stack. It reads other resources than a function itself, so it is not part of what is
 * remembered of functions.
 * @param instances the stack's own template first, then the nested ones
 */
export function demandOfStack(
  instances: readonly TemplateInstance[],
  sources: Sources,
  remembered: RememberedDemand,
): { readonly demand: StackDemand; readonly reads: readonly Uri[] } {
  const demand = new Map<string, FunctionDemand>();
  const reads: Uri[] = [];
  for (const instance of instances) {
    const memory = instance.parent ? new RememberedDemand() : remembered;
    const events = eventSourcesIn(instance, memory);
    const maps = mapDemandIn(instance, sources, memory);
    const lookups = lookupsIn(instance, memory);
    reads.push(...maps.reads);
    for (const [id, draft] of instance.drafts) {
      const written = [...draft.sources, ...(events.get(id) ?? [])];
      const found = [...written.map((source) => demandOfSource(source, lookups)), ...(maps.demand.get(id) ?? [])];
      if (found.length === 0) continue;
      const timeout = memory.of(instance.evaluator, draft.resource, "timeout", () => timeoutOf(instance, draft));
      demand.set(functionPath(instance.nesting, id), { timeout, sources: found });
    }
  }
  return { demand, reads };
}

function timeoutOf({ evaluator }: TemplateInstance, { properties }: FunctionDraft): Value {
  const property = properties.get("Timeout");
  if (!property) return properties.hidden() ?? awsNumbers.functionTimeout;
  return judgeCount(propertyValue(evaluator, property), 1).value ?? awsNumbers.functionTimeout;
}
