import type { Source } from "../model.ts";
import { isRefused } from "../refused.ts";
import { get } from "../syntax/lookup.ts";
import { type Evaluated, hole, undecided, withSources } from "./evaluated.ts";
import type { Evaluator } from "./evaluator.ts";
import { nameAt } from "./nodeText.ts";

/** What `Fn::GetAtt` of a path (`Child.Outputs.Size`) is: known only of outputs of nested stacks whose template is at hand. */
export function attributeOf(evaluator: Evaluator, path: string): Evaluated {
  const [, child = "", name = ""] = /^([A-Za-z0-9]+)\.Outputs\.([A-Za-z0-9]+)$/.exec(path) ?? [];
  const value = name === "" ? undefined : outputOf(evaluator.child(child), name);
  const sketch = hole(path);
  switch (value?.kind) {
    case "scalar": {
      const source: Source = { what: `output ${name} of ${child}` };
      return withSources({ ...value, late: true }, [source]);
    }
    case "undecided": {
      // Its parts are names of the other template.
      const { sketch: _names, not: _texts, ...rest } = value;
      const reason = isRefused({ unknown: rest.reason })
        ? rest.reason
        : `output ${name} of ${child} is not decided: ${rest.reason}`;
      return { ...rest, reason, late: true, sketch };
    }
    default:
      return undecided(`${path} only exists after deployment`, { late: true, sketch });
  }
}

/** The value of an output that is certainly there. */
function outputOf(child: Evaluator | undefined, name: string): Evaluated | undefined {
  const output = child?.output(name);
  if (!child || !output) return undefined;
  const condition = nameAt(get(output.value, "Condition"), output.scope);
  if (condition !== undefined && child.condition(condition).value !== true) return undefined;
  return child.evaluate(get(output.value, "Value"), output.scope);
}
