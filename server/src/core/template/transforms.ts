import type { Evaluator } from "../intrinsics/evaluator.ts";
import { loopPrefix } from "../intrinsics/intrinsic.ts";
import { hasLanguageExtensions, isUnderstood, transformsOf } from "../intrinsics/transformNames.ts";
import { asMap, get, keyText } from "../syntax/lookup.ts";
import type { Node } from "../syntax/nodes.ts";
import type { BlindSpot } from "./resources.ts";

/** Macros and includes of the template as a whole: they may add functions or change numbers at deployment. */
export function hiddenByTransforms(evaluator: Evaluator, root: Node | undefined): readonly BlindSpot[] {
  const spots: BlindSpot[] = [];
  const hide = (node: Node, reason: string) => spots.push({ place: evaluator.placeOf(node), reason });
  for (const { name, node } of transformsOf(root)) {
    if (isUnderstood(name)) continue;
    hide(
      node,
      name === "AWS::Include"
        ? "AWS::Include adds parts of another file at deployment"
        : `macro ${name} may change the template`,
    );
  }
  for (const key of ["Fn::Transform", "Globals", "Globals.Function"]) {
    const node = key === "Fn::Transform" ? get(root, key) : get(key.split(".").reduce(step, root), "Fn::Transform");
    if (node) hide(node, "Fn::Transform adds parts of the template at deployment");
  }
  if (!hasLanguageExtensions(root)) {
    const loop = asMap(get(root, "Resources"))?.written.find((pair) => keyText(pair)?.startsWith(loopPrefix));
    if (loop) hide(loop.key, "Fn::ForEach needs Transform: AWS::LanguageExtensions");
  }
  return spots;
}

function step(node: Node | undefined, key: string): Node | undefined {
  return get(node, key);
}
