import type { Evaluator, RefusedParameter } from "../intrinsics/evaluator.ts";
import type { Place, Refusal } from "../model.ts";
import { refusedValue } from "../refused.ts";
import { capital } from "../wording/words.ts";

/** The values of parameters that CloudFormation refuses before anything starts, each where it is given. */
export function refusedParameters(evaluator: Evaluator): readonly Refusal[] {
  return evaluator.refusedParameters.map((parameter) => refusalOf(parameter, evaluator));
}

function refusalOf({ name, problem, advice, sources }: RefusedParameter, evaluator: Evaluator): Refusal {
  const node = evaluator.parameterNodes.get(name);
  const declared: Place = node ? evaluator.placeOf(node) : { uri: evaluator.uri, start: 0, end: 0 };
  const { what, place = declared } = sources[0] ?? { what: `parameter ${name}` };
  return {
    rule: "parameter-refused",
    property: name,
    message: `${capital(what)} ${problem}: CloudFormation refuses the deployment. Give it ${advice}.`,
    place,
    ...(place !== declared && { related: [{ place: declared, message: `Parameter ${name} is declared here.` }] }),
    says: refusedValue(`parameter ${name} ${problem}`).unknown,
  };
}
