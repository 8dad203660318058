import type { StackDemand } from "../demand/demand.ts";
import { RememberedDemand } from "../demand/rememberedDemand.ts";
import { demandOfStack } from "../demand/stackDemand.ts";
import type { ParameterValues, Refusal, ResolvedTemplate, Uri } from "../model.ts";
import type { Sources } from "../sources.ts";
import { RememberedFunctions } from "../template/rememberedFunctions.ts";
import { resolveTemplate } from "../template/resolveTemplate.ts";
import { analyseCases } from "./analyseCases.ts";
import { firstFew } from "./caseText.ts";
import { refusedCases, refusedText } from "./refusedCases.ts";
import { RememberedCases } from "./rememberedCases.ts";
import type { CaseGroup, FunctionCases, StackCases } from "./stackCases.ts";

/** A template under one set of parameters, with the cases of what these leave undecided. */
export interface ResolvedStack extends ResolvedTemplate {
  /** What pushes events at its functions, those of nested stacks included; a function without such a thing is absent. */
  readonly demand: StackDemand;
  readonly cases?: StackCases;
}

/** What is kept of a stack from one version of its text to the next. */
export class RememberedStack {
  readonly functions = new RememberedFunctions();
  readonly cases = new RememberedCases();
  readonly demand = new RememberedDemand();
}

/** Resolves a template as a stack: `resolveTemplate`, split into cases where something is undecided. */
export function resolveStack(
  uri: Uri,
  parameters: ParameterValues,
  sources: Sources,
  { functions, cases: outcomes, demand: remembered } = new RememberedStack(),
): ResolvedStack {
  const { template: resolved, instances } = resolveTemplate(uri, parameters, sources, functions);
  remembered.begin(functions.context);
  const { demand, reads } = demandOfStack(instances, sources, remembered);
  const template = { ...resolved, demand, reads: [...new Set([...resolved.reads, ...reads])] };
  outcomes.begin(functions.context);
  const cases = analyseCases(instances, outcomes);
  if (!cases) return template;
  const refused = cases.groups.flatMap((group) => refusalsOf(uri, group));
  return { ...template, refused: [...template.refused, ...refused], cases };
}

/** Whatever the parameters of a group are, some function is refused: said of them, and of everything that is refused in a case. */
function refusalsOf(uri: Uri, group: CaseGroup): readonly Refusal[] {
  if (group.possible.length > 0) return [];
  const { variables, functions } = group;
  const refusedOf = functions.map((own) => ({ own, cases: refusedCases(group, own) }));
  const settings = refusedOf.flatMap(({ own, cases }) =>
    cases.map(({ refusal, names }): Refusal => {
      const id = logicalIdOf(own);
      return { ...refusal, message: `${id} ${refusedText(id, refusal, firstFew(names, " or "))}` };
    }),
  );
  const reasons = refusedOf.flatMap(({ own, cases }) =>
    cases.map(({ refusal, names }) => {
      const what =
        refusal.noEntry ?? `${logicalIdOf(own)} ${refusal.what ?? `has a ${refusal.property} that AWS refuses`}`;
      return `with ${firstFew(names, " or ")} ${what}`;
    }),
  );
  if (reasons.length === 0) return settings;
  const names = variables.filter(({ kind }) => kind !== "condition").map(({ name }) => name);
  const whole: Refusal = {
    rule: "never-accepted",
    property: names.join(" and "),
    message: `No ${names.join(" and ")} can be deployed: ${firstFew(reasons, "; ")}. Mend what one of them needs.`,
    place: variables.flatMap(({ place }) => place ?? [])[0] ?? { uri, start: 0, end: 0 },
  };
  return [whole, ...settings];
}

function logicalIdOf({ path }: FunctionCases): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
