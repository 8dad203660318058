import type { Evaluator } from "../intrinsics/evaluator.ts";
import { type Entry, entriesOf } from "../intrinsics/forEach.ts";
import type { NestedStack, Refusal, ResolvedTemplate } from "../model.ts";
import type { Sources } from "../sources.ts";
import { suggest } from "../suggest.ts";
import { nameOf } from "../uris.ts";
import { propertiesOf, propertyValue } from "./property.ts";
import type { Resource, Resources } from "./resources.ts";

/** CloudFormation takes 200 parameters; with more, nothing is suggested. */
const maxParameters = 200;

/** Parameters that nested stacks are given and do not declare, and those that they need and are not given: CloudFormation refuses both. */
export function refusedPassing(
  evaluator: Evaluator,
  resources: Resources,
  nested: readonly NestedStack[],
  sources: Sources,
): readonly Refusal[] {
  return nested.flatMap((stack) => {
    const { template, condition } = stack;
    const resource = resources.byId.get(stack.logicalId);
    const passed = resource && passedTo(evaluator, resource);
    if (!template || !passed || !isWhole(template, sources)) return [];
    const open = condition === undefined ? {} : { open: `condition ${condition} is not decided` };
    return [...undeclared(evaluator, stack, template, passed), ...missing(stack, template, passed)].map((refusal) => ({
      rule: "parameter-refused" as const,
      ...refusal,
      ...open,
    }));
  });
}

/** What a nested stack is given; undefined when that is not all to be seen. */
function passedTo(evaluator: Evaluator, resource: Resource): readonly Entry[] | undefined {
  const properties = propertiesOf(evaluator, resource, undefined);
  if (properties.hidden() !== undefined) return undefined;
  const parameters = propertyValue(evaluator, properties.get("Parameters"));
  if (parameters.kind === "nothing") return [];
  if (parameters.kind !== "mapping") return undefined;
  const { entries, problems } = entriesOf(parameters.map, parameters.scope, evaluator.evaluate);
  return problems.length === 0 ? entries : undefined;
}

/** Nothing of the template is hidden from us: no macro, no line that cannot be read. */
function isWhole({ uri, blindSpots }: ResolvedTemplate, sources: Sources): boolean {
  const file = sources.get(uri);
  return blindSpots.length === 0 && !("error" in file) && (file.problems ?? file.tree.problems).length === 0;
}

function undeclared(
  evaluator: Evaluator,
  { logicalId }: NestedStack,
  { uri, parameters }: ResolvedTemplate,
  passed: readonly Entry[],
): Omit<Refusal, "rule">[] {
  const declared = new Set(parameters);
  return passed.flatMap(({ key, keyNode }) => {
    if (declared.has(key)) return [];
    const meant = passed.length > maxParameters ? undefined : suggest(key, parameters.slice(0, maxParameters));
    const hint = meant === undefined ? "Remove it, or declare it there." : `Did you mean ${meant}?`;
    return {
      property: key,
      message: `${logicalId} is given ${key}, which ${nameOf(uri)} does not declare: CloudFormation refuses the deployment. ${hint}`,
      place: evaluator.placeOf(keyNode),
      ...(meant !== undefined && { fix: { replacement: { title: `Rename to ${meant}`, text: meant } } }),
    };
  });
}

function missing(
  { logicalId, place }: NestedStack,
  { uri, required }: ResolvedTemplate,
  passed: readonly Entry[],
): Omit<Refusal, "rule">[] {
  const given = new Set(passed.map(({ key }) => key));
  return required
    .filter((name) => !given.has(name))
    .map((name) => ({
      property: name,
      message: `${logicalId} is given no ${name}, which ${nameOf(uri)} declares without a Default: CloudFormation refuses the deployment. Add it to Parameters, or a Default there.`,
      place,
    }));
}
