import { type Evaluated, hole, nothing, type Scope, scalar, undecided } from "./evaluated.ts";
import type { Evaluator } from "./evaluator.ts";

/** What `Ref Name` (or `${Name}` in a `Fn::Sub`) stands for. */
export function referTo(evaluator: Evaluator, name: string, scope: Scope): Evaluated {
  const item = scope?.get(name);
  if (item !== undefined) return scalar(item, [{ what: `Fn::ForEach ${name} = ${item}` }]);
  if (name === "AWS::NoValue") return nothing();
  const parameter = evaluator.parameter(name);
  if (parameter) return parameter;
  if (name.startsWith("AWS::")) {
    return undecided(`${name} depends on where the stack is deployed`, { sketch: hole(name) });
  }
  const reason = evaluator.isResource(name.split(".")[0] ?? "")
    ? `the name of ${name} only exists after deployment`
    : `${name} is not declared in this template`;
  return undecided(reason, { sketch: hole(name), late: true });
}
