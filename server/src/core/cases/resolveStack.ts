import type { ParameterValues, Refusal, ResolvedTemplate, Uri } from "../model.ts";
import type { Sources } from "../sources.ts";
import { resolveTemplate } from "../template/resolveTemplate.ts";
import { analyseCases } from "./analyseCases.ts";
import type { CaseGroup, StackCases } from "./stackCases.ts";

/** A template under one set of parameters, with the cases of what these leave undecided. */
export interface ResolvedStack extends ResolvedTemplate {
  readonly cases?: StackCases;
}

/** Resolves a template as a stack: `resolveTemplate`, split into cases where something is undecided. */
export function resolveStack(uri: Uri, parameters: ParameterValues, sources: Sources): ResolvedStack {
  const { template, instances } = resolveTemplate(uri, parameters, sources);
  const cases = analyseCases(instances);
  if (!cases) return template;
  const refused = cases.groups.flatMap((group) => refusalOf(uri, group) ?? []);
  return { ...template, refused: [...template.refused, ...refused], cases };
}

/** Whatever the parameters of a group are, some function is refused. */
function refusalOf(uri: Uri, { variables, functions, possible }: CaseGroup): Refusal | undefined {
  if (possible.length > 0) return undefined;
  const names = variables.map(({ name }) => name).join(" and ");
  const reasons = new Set(functions.flatMap(({ outcomes }) => outcomes.flatMap(({ refused }) => refused ?? [])));
  const [first, ...others] = reasons;
  const more = others.length === 0 ? "" : `, and ${others.length} more ${others.length === 1 ? "reason" : "reasons"}`;
  return {
    rule: "never-accepted",
    property: names,
    message: `Whatever ${names} is, CloudFormation refuses the deployment: ${first?.replace(/\.$/, "")}${more}. Mend one case.`,
    place: variables.flatMap(({ place }) => place ?? [])[0] ?? { uri, start: 0, end: 0 },
  };
}
