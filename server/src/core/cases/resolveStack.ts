import type { ParameterValues, ResolvedTemplate, Uri } from "../model.ts";
import type { Sources } from "../sources.ts";
import { resolveTemplate } from "../template/resolveTemplate.ts";
import { analyseCases } from "./analyseCases.ts";
import type { StackCases } from "./stackCases.ts";

/** A template under one set of parameters, with the cases of what these leave undecided. */
export interface ResolvedStack extends ResolvedTemplate {
  readonly cases?: StackCases;
}

/** Resolves a template as a stack: `resolveTemplate`, split into cases where something is undecided. */
export function resolveStack(uri: Uri, parameters: ParameterValues, sources: Sources): ResolvedStack {
  const { template, instances } = resolveTemplate(uri, parameters, sources);
  const cases = analyseCases(instances);
  return cases ? { ...template, cases } : template;
}
